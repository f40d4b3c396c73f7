//! Names: of threads, of a crate.

use darling::{Error, FromMeta, Result};
use proc_macro2::Span;
use syn::{Expr, ExprLit, ExprPath, Ident, Lit, Path};

use super::{bare, text, wrong_type};

/// The name of threads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ThreadName(pub(crate) String);

impl FromMeta for ThreadName {
    fn from_expr(expr: &Expr) -> Result<Self> {
        match text(bare(expr))? {
            name if name.is_empty() => Err(Error::custom("is empty")),
            name if name.contains('\0') => {
                Err(Error::custom("has a NUL in it, where the system takes the name to end"))
            }
            name => Ok(Self(name)),
        }
    }
}

/// The path of the crate that expansions name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CratePath(pub(crate) Path);

impl FromMeta for CratePath {
    fn from_expr(expr: &Expr) -> Result<Self> {
        let path = match bare(expr) {
            Expr::Path(ExprPath { qself: None, path, .. }) => Ok(path.clone()),
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => {
                text.parse_with(Path::parse_mod_style).map_err(|_| Error::custom("is a string without a path in it"))
            }
            other => Err(wrong_type(other)),
        }?;
        if path.segments.iter().all(|segment| segment.arguments.is_none()) {
            Ok(Self(path))
        } else {
            Err(Error::custom("has generic arguments"))
        }
    }
}

impl CratePath {
    /// What expansions name unless the attribute says otherwise.
    pub(crate) fn zokio() -> Self {
        let mut path = Path::from(Ident::new("zokio", Span::call_site()));
        path.leading_colon = Some(syn::Token![::](Span::call_site()));
        Self(path)
    }
}
