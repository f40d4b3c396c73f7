//! Names within the arguments of macros.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::visit_mut::VisitMut;
use syn::{Expr, Macro};

use super::Scopes;
use crate::future::macros::{self, Argument, Arguments};

impl Scopes<'_> {
    pub(super) fn rename_macro(&mut self, mac: &mut Macro) {
        let mut arguments = Arguments::of(mac);
        match &mut arguments {
            Arguments::List(list) => {
                for argument in list.iter_mut() {
                    self.visit_expr_mut(&mut argument.value);
                }
                if let Some(format) = macros::format_index(&macros::name(mac)) {
                    self.captured_by_format(list, format);
                }
            }
            Arguments::Matches(value, pat) => {
                self.visit_expr_mut(value);
                // What the pattern binds is the macro's own.
                self.within_other(|this| this.bind(pat));
            }
            Arguments::Repeat(value, count) => {
                self.visit_expr_mut(value);
                self.visit_expr_mut(count);
            }
            Arguments::Tokens(tokens) => {
                let own = macros::is_other_body(&macros::name(mac));
                let captured = if own { self.captured_within(tokens.clone()) } else { TokenStream::new() };
                *tokens = self.rename_tokens(std::mem::take(tokens));
                *tokens = quote!(#captured #tokens);
            }
        }
        mac.tokens = arguments.to_token_stream();
    }

    /// `"{name}"` -> `"{name}", name = <use>`.
    fn captured_by_format(&mut self, list: &mut Vec<Argument>, format: usize) {
        let Some(text) = macros::format_string(list, format) else { return };
        for name in macros::captured(&text.value()) {
            if list.iter().any(|argument| argument.name.as_ref().is_some_and(|known| *known == name)) {
                continue;
            }
            let name = Ident::new(&name, text.span());
            if let Some(used) = self.use_of(&name) {
                list.push(Argument { name: Some(name), value: Expr::Path(path(used)) });
            }
        }
    }

    /// Of a body of its own: what format strings within capture is seen at its beginning.
    fn captured_within(&mut self, tokens: TokenStream) -> TokenStream {
        let mut captured = TokenStream::new();
        for token in tokens {
            match token {
                proc_macro2::TokenTree::Group(group) => captured.extend(self.captured_within(group.stream())),
                proc_macro2::TokenTree::Literal(text) => {
                    let Ok(syn::Lit::Str(text)) = syn::parse2(text.into_token_stream()) else { continue };
                    for name in macros::captured(&text.value()) {
                        if let Some(used) = self.use_of(&Ident::new(&name, text.span())) {
                            captured.extend(quote!(let _ = &#used;));
                        }
                    }
                }
                _ => {}
            }
        }
        captured
    }

    fn rename_tokens(&mut self, tokens: TokenStream) -> TokenStream {
        let renamed = macros::replace(tokens, &mut |ident| self.use_of(ident).map(ToTokens::into_token_stream));
        named_fields(renamed, self)
    }
}

/// `?<use>` at the beginning of an argument -> `name = ?<use>`: a field of tracing's is named after the local.
fn named_fields(tokens: TokenStream, scopes: &Scopes<'_>) -> TokenStream {
    use crate::future::local::{Locals, Name};
    use proc_macro2::TokenTree;
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut named = TokenStream::new();
    for (index, token) in tokens.iter().enumerate() {
        let begins = index == 0 || macros::is(&tokens[index - 1], ',');
        if begins
            && (macros::is(token, '?') || macros::is(token, '%'))
            && let Some(TokenTree::Ident(ident)) = tokens.get(index + 1)
        {
            let ends = tokens.get(index + 2).is_none_or(|token| macros::is(token, ','));
            if let (Some(Name::Use(id)), true) = (Locals::read(ident), ends) {
                let name = &scopes.locals[scopes.locals.used(id)].name;
                named.extend(quote!(#name = ));
            }
        }
        named.extend([token.clone()]);
    }
    named
}

fn path(ident: Ident) -> syn::ExprPath {
    syn::ExprPath { attrs: Vec::new(), qself: None, path: ident.into() }
}
