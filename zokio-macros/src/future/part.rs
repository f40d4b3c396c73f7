//! Parts of an expansion alone. A hidden key of `#[async_fn]`, by which `benches/compile_time` sees what each of them costs.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::Expr;

/// Which part is emitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// None: the body is compiled to a machine, which is thrown away.
    Nothing,
    /// The original, for the compiler to check.
    Witness,
}

impl Part {
    /// From the key's value.
    pub(super) fn read(value: &Expr) -> Option<Self> {
        let Expr::Path(path) = value else { return None };
        if path.path.is_ident("nothing") {
            Some(Self::Nothing)
        } else {
            path.path.is_ident("witness").then_some(Self::Witness)
        }
    }
}

/// Of `if false { witness(original) } else { machine }`: the original.
pub(super) fn witness(future: TokenStream) -> TokenStream {
    let block = future.into_iter().find_map(|tree| group(tree, Delimiter::Brace));
    let call = block.and_then(|block| block.into_iter().filter_map(|tree| group(tree, Delimiter::Parenthesis)).last());
    call.unwrap_or_default()
}

fn group(tree: TokenTree, delimiter: Delimiter) -> Option<TokenStream> {
    match tree {
        TokenTree::Group(group) if group.delimiter() == delimiter => Some(group.stream()),
        _ => None,
    }
}
