//! The item: what the attribute stands on.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, FnArg, Ident, ItemStruct, Signature, Token, Visibility, braced, token};

/// What the attribute stands on.
///
/// There is one of it: its size does not matter.
#[allow(clippy::large_enum_variant)]
#[derive(Debug)]
pub(crate) enum Item {
    /// A function: its body becomes the future that the runtime drives.
    Entry(Entry),
    /// A struct: it becomes the runtime.
    Struct(ItemStruct),
    /// Anything else.
    Other(Other),
}

/// A function. Its body stays as it is: the compiler parses it, and says what is wrong with it.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Those above the function, and those at the head of its body.
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) visibility: Visibility,
    pub(crate) signature: Signature,
    pub(crate) body: Group,
    /// Where the last statement of the body is: the compiler shows a wrong return type there.
    pub(crate) last_statement: Span,
}

/// An item that is no runtime.
#[derive(Debug)]
pub(crate) struct Other {
    /// The keyword at its head.
    pub(crate) keyword: TokenTree,
    /// What it is, in words that follow "on".
    pub(crate) what: String,
    pub(crate) tokens: TokenStream,
}

impl Item {
    /// The attributes that stand below ours.
    pub(crate) fn attributes(&self) -> &[Attribute] {
        match self {
            Self::Entry(entry) => &entry.attributes,
            Self::Struct(item) => &item.attrs,
            Self::Other(_) => &[],
        }
    }

    pub(crate) fn attributes_mut(&mut self) -> Option<&mut Vec<Attribute>> {
        match self {
            Self::Entry(entry) => Some(&mut entry.attributes),
            Self::Struct(item) => Some(&mut item.attrs),
            Self::Other(_) => None,
        }
    }

    /// Its name.
    pub(crate) fn ident(&self) -> Option<&Ident> {
        match self {
            Self::Entry(entry) => Some(&entry.signature.ident),
            Self::Struct(item) => Some(&item.ident),
            Self::Other(_) => None,
        }
    }
}

impl Parse for Item {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let tokens: TokenStream = input.fork().parse()?;
        let attributes = input.call(Attribute::parse_outer)?;
        let visibility: Visibility = input.parse()?;
        if input.peek(Token![struct]) {
            input.parse::<TokenStream>()?;
            return syn::parse2(tokens).map(Self::Struct);
        }
        let keyword: TokenTree = input.fork().parse()?;
        let mut what = format!("`{keyword}`");
        if input.fork().parse::<Signature>().is_ok() {
            let signature = input.parse()?;
            if input.peek(token::Brace) {
                return Entry::parse(attributes, visibility, signature, input).map(Self::Entry);
            }
            // Its keyword may be one that a right item begins with.
            what = "a function without a body".to_owned();
        }
        input.parse::<TokenStream>()?;
        Ok(Self::Other(Other { keyword, what, tokens }))
    }
}

impl Entry {
    fn parse(
        mut attributes: Vec<Attribute>,
        visibility: Visibility,
        signature: Signature,
        input: ParseStream<'_>,
    ) -> syn::Result<Self> {
        let content;
        let brace = braced!(content in input);
        // They mean the whole function, and stand above it afterwards.
        attributes.extend(
            content
                .call(Attribute::parse_inner)?
                .into_iter()
                .map(|attribute| Attribute { style: syn::AttrStyle::Outer, ..attribute }),
        );
        let mut body = Group::new(Delimiter::Brace, content.parse()?);
        body.set_span(brace.span.join());
        let last_statement = last_statement(&body);
        Ok(Self { attributes, visibility, signature, body, last_statement })
    }

    /// Whether it is the program's `main`.
    pub(crate) fn is_main(&self) -> bool {
        self.signature.ident == "main"
    }

    /// The `self` that makes it a method.
    pub(crate) fn receiver(&self) -> Option<&FnArg> {
        self.signature.inputs.first().filter(|input| matches!(input, FnArg::Receiver(_)))
    }
}

impl ToTokens for Entry {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { attributes, visibility, signature, body, .. } = self;
        tokens.extend(quote!(#(#attributes)* #visibility #signature #body));
    }
}

/// The first token of the last statement; of an empty body the body itself. Without parsing: a `;` ends a statement.
fn last_statement(body: &Group) -> Span {
    let mut begins = true;
    let mut span = body.span();
    for token in body.stream() {
        if begins {
            span = token.span();
        }
        begins = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ';');
    }
    span
}
