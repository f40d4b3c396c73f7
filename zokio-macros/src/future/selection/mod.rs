//! `select!` by its syntax, whosever it is: its branches, and what it becomes.

mod borrowed;

use proc_macro2::Ident;
use quote::{ToTokens, quote, quote_spanned};
use syn::parse::Parser;
use syn::spanned::Spanned;
use syn::{Expr, Macro, Pat, parse_quote_spanned};

use super::macros;
use super::pattern::{bound, leaves, plain, unbound};
use super::sugar::own;

/// The selection alone as a future: what is done with the selected value belongs to the body. None, where the syntax is not understood.
pub(super) fn future(mac: &Macro) -> Option<Expr> {
    let mut branches = select.parse2(mac.tokens.clone()).ok()?;
    borrowed::borrow(mac, &mut branches);
    Some(matched(mac, &branches))
}

/// The futures of `select!`, as its branches have them.
pub(crate) fn selected(mac: &Macro) -> Vec<Expr> {
    let branches = select.parse2(mac.tokens.clone()).map(|it| it.branches).unwrap_or_default();
    branches.into_iter().flat_map(|branch| branch.future.into_iter().chain(branch.condition)).collect()
}

/// One branch of `select!`: what stands before the `=>`, and the handler.
pub(crate) struct Branch {
    pub(super) head: proc_macro2::TokenStream,
    pub(crate) pat: Option<Pat>,
    pub(crate) future: Option<Expr>,
    pub(crate) condition: Option<Expr>,
    pub(crate) handler: Expr,
}

impl Branch {
    /// What stands before the `=>` of one that has a future.
    pub(super) fn written(&self) -> proc_macro2::TokenStream {
        let (pat, future, only_if) = (self.pat.iter().map(plain), &self.future, self.condition.iter());
        quote!(#(#pat)* = #future #(, if #only_if)*)
    }
}

pub(crate) struct Branches {
    biased: proc_macro2::TokenStream,
    pub(crate) branches: Vec<Branch>,
}

/// The branches of `select!`, as far as they can be read.
pub(crate) fn branches(mac: &Macro) -> Option<Branches> {
    is_selection(mac).then(|| select.parse2(mac.tokens.clone()).ok())?
}

pub(crate) fn is_selection(mac: &Macro) -> bool {
    matches!(macros::name(mac).as_str(), "select" | "select_biased")
}

impl ToTokens for Branches {
    fn to_tokens(&self, tokens: &mut proc_macro2::TokenStream) {
        self.biased.to_tokens(tokens);
        for Branch { head, pat, future, condition, handler } in &self.branches {
            let condition = condition.iter();
            tokens.extend(match (pat, future) {
                (Some(pat), Some(future)) => quote!(#pat = #future #(, if #condition)* => #handler,),
                _ => quote!(#head => #handler,),
            });
        }
    }
}

fn select(input: syn::parse::ParseStream<'_>) -> syn::Result<Branches> {
    let mut biased = proc_macro2::TokenStream::new();
    if input.peek(syn::Ident) && input.peek2(syn::Token![;]) {
        let word: Ident = input.parse()?;
        input.parse::<syn::Token![;]>()?;
        biased = quote!(#word;);
    }
    let mut branches = Vec::new();
    while !input.is_empty() {
        let named = input.peek(syn::Ident) && {
            let word: Ident = input.fork().parse()?;
            (word == "complete" || word == "default") && input.peek2(syn::Token![=>])
        };
        let (head, pat, future, condition) = if named || input.peek(syn::Token![else]) {
            let word: proc_macro2::TokenTree = input.parse()?;
            (word.to_token_stream(), None, None, None)
        } else {
            let pat = Pat::parse_multi(input)?;
            let eq: syn::Token![=] = input.parse()?;
            let future: Expr = input.parse()?;
            let condition: Option<Expr> = if input.peek(syn::Token![,]) && input.peek2(syn::Token![if]) {
                input.parse::<syn::Token![,]>()?;
                input.parse::<syn::Token![if]>()?;
                Some(input.parse()?)
            } else {
                None
            };
            let inner = plain(&pat);
            let only_if = condition.iter();
            (quote!(#inner #eq #future #(, if #only_if)*), Some(pat), Some(future), condition)
        };
        input.parse::<syn::Token![=>]>()?;
        let block = input.peek(syn::token::Brace);
        let handler = if block { Expr::Block(input.parse()?) } else { input.parse()? };
        branches.push(Branch { head, pat, future, condition, handler });
        if !input.is_empty() && (!block || input.peek(syn::Token![,])) {
            input.parse::<syn::Token![,]>()?;
        }
    }
    Ok(Branches { biased, branches })
}

/// `match async { select!{ P = f => Out::A((x,)) .. } }.await { Out::A((x,)) => handler .. }`, with nested `Result`s for `Out`. What a pattern does not bind all
/// of goes on as it is, and is there until the handler has ended: `all @ P' = f => Out::A((all,))`, `Out::A((P,)) => handler`.
fn matched(mac: &Macro, Branches { biased, branches }: &Branches) -> Expr {
    let count = branches.len();
    let wrap = |index: usize, inner: proc_macro2::TokenStream| {
        let last = index + 1 == count;
        let start = if last { inner } else { quote!(::core::result::Result::Ok(#inner)) };
        (0..index).fold(start, |inner, _| quote!(::core::result::Result::Err(#inner)))
    };
    let (path, bang) = (&mac.path, mac.bang_token);
    let mut stays = false;
    let (inside, outside): (Vec<_>, Vec<_>) = branches
        .iter()
        .enumerate()
        .map(|(index, Branch { head, pat, future, condition, handler })| {
            if let (Some(pat), Some(future)) = (pat.as_ref().filter(|pat| leaves(pat)), future) {
                stays = true;
                let (all, condition) = (Ident::new("__zokio_all", own(pat.span())), condition.iter());
                let (matching, value) = (unbound(pat), wrap(index, quote!((#all,))));
                let matching = if let Pat::Wild(_) = matching { None } else { Some(quote!(@ (#matching))) };
                let found = wrap(index, quote!((#pat,)));
                return (quote!(#all #matching = #future #(, if #condition)* => #value), quote!(#found => #handler));
            }
            let (names, mutable) = pat.as_ref().map_or_else(Default::default, bound);
            let value = wrap(index, quote!((#(#names,)*)));
            let found = wrap(index, quote!((#(#mutable #names,)*)));
            (quote!(#head => #value), quote!(#found => #handler))
        })
        .unzip();
    let selected = quote_spanned!(mac.path.span()=> async { #path #bang { #biased #(#inside,)* } }.await);
    if !stays {
        return parse_quote_spanned!(mac.path.span()=> match #selected { #(#outside,)* });
    }
    // They match again.
    parse_quote_spanned!(mac.path.span()=> {
        let __zokio_selected = #selected;
        match __zokio_selected { #(#outside,)* _ => ::core::unreachable!() }
    })
}
