//! Locals and their uses, each with a number. Within a body every name of a local stands for such a number.

use std::fmt;

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::Type;

use super::extent::Extent;
use super::macros::replace_all;

/// A local: an argument, a capture, what a pattern binds, a temporary, or what is awaited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct LocalId(pub(crate) usize);

/// One place where a local is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct UseId(pub(crate) usize);

/// An await, counted from 1 in the order of the source; it is the tag of the state too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct AwaitId(pub(crate) usize);

/// What a local is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// An argument or a capture: it is there before the first poll.
    Argument,
    /// Bound by a pattern.
    Bound,
    /// The value of an operand that waits for a later one.
    Operand,
    /// A temporary that is borrowed until its scope ends.
    Temporary,
    /// The receiver of a method: only its type says whether it is borrowed, and thus held at all.
    Receiver,
    /// What is awaited.
    Awaited,
}

#[derive(Debug, Clone)]
pub(crate) struct Local {
    pub(crate) name: Ident,
    /// Where the source has it: its name, or the beginning of what has no name.
    pub(crate) span: Span,
    /// From where to where an operand is written.
    pub(crate) extent: Option<Extent>,
    pub(crate) origin: Origin,
    /// The type, where it is written.
    pub(crate) ty: Option<Type>,
    /// Whether its value, as it is written, has no destructor: a reference, a literal, a comparison.
    pub(crate) plain: bool,
    /// Whether its value, as it is written, is `Copy`.
    pub(crate) copied: bool,
    /// Whether it is a number, a truth value or a character, or what yields such, as far as it is written.
    pub(crate) number: bool,
    /// Whether it is a `&mut`, as its value is written.
    pub(crate) mutable: bool,
    /// Whether it is a closure without `move`, as its value is written.
    pub(crate) closure: bool,
    /// Whether it is a box, as its value or its type is written.
    pub(crate) boxed: bool,
    /// Whether its value, as it is written, has nothing of a closure of the body.
    pub(crate) foreign: bool,
    /// Whether it may be given another value: it is declared `mut`.
    pub(crate) is_mut: bool,
    /// Whether it is a temporary that lives as long as what a `let` binds.
    pub(crate) extended: bool,
    /// Whether it is declared without a value, and given one later.
    pub(crate) later: bool,
    /// Whether it ends with what lists it, rather than with the scope that it is made in.
    pub(crate) listed: bool,
    /// Whether it is a function that can be called only once, as its type is written.
    pub(crate) once: bool,
    /// Whether it is given what a method of its own has made: then that may consume it, whatever its name.
    pub(crate) rebuilt: bool,
    /// Whether it is used on both sides of a place where the poll function can be entered.
    pub(crate) crosses: bool,
}

/// What a numbered name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Name {
    Binder(LocalId),
    Use(UseId),
}

const BINDER: &str = "__zokio_binder_";
const USE: &str = "__zokio_use_";

/// All locals of a body, and all their uses.
#[derive(Debug, Default)]
pub(crate) struct Locals {
    locals: Vec<Local>,
    uses: Vec<LocalId>,
    /// Whether the body has closures: of what kind they are, the compiler knows when it has seen all of it.
    pub(crate) closures: bool,
    /// Names of locals that tokens of a macro bind anew, which nobody could parse.
    pub(crate) rebound: Vec<Ident>,
}

impl Locals {
    pub(crate) fn add(&mut self, name: Ident, origin: Origin) -> LocalId {
        let span = name.span();
        self.locals.push(Local {
            name,
            span,
            extent: None,
            origin,
            ty: None,
            plain: false,
            copied: false,
            number: false,
            mutable: false,
            closure: false,
            boxed: false,
            foreign: false,
            is_mut: false,
            extended: false,
            later: false,
            listed: false,
            once: false,
            rebuilt: false,
            crosses: false,
        });
        LocalId(self.locals.len() - 1)
    }

    /// A local that the source has no name for.
    pub(crate) fn add_nameless(&mut self, what: &str, span: Span, origin: Origin) -> LocalId {
        let id = self.add(Ident::new(what, Span::mixed_site().located_at(span)), origin);
        self[id].span = span;
        id
    }

    /// The name of a use, wherever an expression has one.
    pub(crate) fn use_of(&mut self, local: LocalId, span: Span) -> Ident {
        self.uses.push(local);
        Ident::new(&format!("{USE}{}", self.uses.len() - 1), span)
    }

    /// The name in the pattern that binds it.
    pub(crate) fn binder(local: LocalId, span: Span) -> Ident {
        Ident::new(&format!("{BINDER}{}", local.0), span)
    }

    /// What a name stands for.
    pub(crate) fn read(ident: &Ident) -> Option<Name> {
        let text = ident.to_string();
        let number = |prefix| text.strip_prefix(prefix).and_then(|number: &str| number.parse().ok());
        number(BINDER)
            .map(|number| Name::Binder(LocalId(number)))
            .or_else(|| number(USE).map(|number| Name::Use(UseId(number))))
    }

    /// Whether it is such a name.
    pub(crate) fn is_numbered(ident: &Ident) -> bool {
        Self::read(ident).is_some()
    }

    /// The tokens as they were written: names for numbers.
    pub(crate) fn named(&self, tokens: TokenStream) -> TokenStream {
        replace_all(tokens, &|ident| {
            let local = match Self::read(ident)? {
                Name::Binder(local) => local,
                Name::Use(used) => self.used(used),
            };
            Some(self[local].name.to_token_stream())
        })
    }

    pub(crate) fn used(&self, id: UseId) -> LocalId {
        self.uses[id.0]
    }

    pub(crate) fn len(&self) -> usize {
        self.locals.len()
    }

    pub(crate) fn uses(&self) -> usize {
        self.uses.len()
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = LocalId> + use<> {
        (0..self.locals.len()).map(LocalId)
    }
}

impl std::ops::Index<LocalId> for Locals {
    type Output = Local;

    fn index(&self, id: LocalId) -> &Local {
        &self.locals[id.0]
    }
}

impl std::ops::IndexMut<LocalId> for Locals {
    fn index_mut(&mut self, id: LocalId) -> &mut Local {
        &mut self.locals[id.0]
    }
}

impl fmt::Display for LocalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "_{}", self.0)
    }
}
