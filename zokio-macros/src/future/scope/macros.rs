//! Names within the arguments of macros.

use proc_macro2::{Group, Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::visit_mut::VisitMut;
use syn::{Expr, Macro};

use super::Scopes;
use crate::future::block::{self, Body};
use crate::future::json::Json;
use crate::future::local::{Locals, Name};
use crate::future::macros::{self, Argument, Arguments};
use crate::future::selection::{self, Branch};

impl Scopes<'_> {
    pub(super) fn rename_macro(&mut self, mac: &mut Macro) {
        if let Some(mut selection) = selection::branches(mac).filter(|_| self.within > 0 || self.selects) {
            selection.branches.iter_mut().for_each(|branch| self.rename_branch(branch));
            mac.tokens = selection.to_token_stream();
            return;
        }
        if let Some(mut body) = block::within(mac) {
            self.rename_block(&mut body);
            mac.tokens = body.to_token_stream();
            return;
        }
        let may_be_own = macros::may_be_own(mac);
        let mut arguments = Arguments::of(mac);
        match &mut arguments {
            Arguments::List(list) => {
                for argument in list.iter_mut() {
                    self.visit_expr_mut(&mut argument.value);
                }
                let name = macros::name(mac);
                if macros::has_fields(&name) {
                    self.named_arguments(list, macros::is_span(&name));
                }
                if let Some(format) = macros::format_index(&name).filter(|_| !may_be_own) {
                    self.captured_by_format(list, format, macros::has_fields(&name));
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
            Arguments::Json(pieces) => {
                let mut expressions = Vec::new();
                Json::expressions(pieces, &mut expressions);
                expressions.into_iter().for_each(|expression| self.visit_expr_mut(expression));
            }
            Arguments::Tokens(tokens) => {
                let own = macros::is_other_body(&macros::name(mac));
                let captured = if own { self.captured_within(tokens.clone()) } else { TokenStream::new() };
                let name = macros::name(mac);
                let fields = macros::has_fields(&name).then(|| macros::is_span(&name));
                let formats = macros::format_index(&name).is_some() && !may_be_own;
                // Of others it is not known what their tokens bind.
                let told = match std::mem::take(tokens) {
                    tokens if formats || fields.is_some() => self.captured_in_tokens(tokens, formats),
                    tokens => tokens,
                };
                let renamed = self.rename_tokens(told, fields);
                *tokens = quote!(#captured #renamed);
            }
        }
        mac.tokens = arguments.to_token_stream();
    }

    /// Within an `async_block!`, which has names of its own.
    fn rename_block(&mut self, body: &mut Body) {
        for name in body.captures.iter_mut().flatten() {
            if let Some(used) = self.use_of(name) {
                *name = used;
            }
        }
        if body.captures.is_none() {
            self.within_other(|this| this.visit_block_mut(&mut body.block));
        }
    }

    fn rename_branch(&mut self, branch: &mut Branch) {
        branch.future.iter_mut().chain(&mut branch.condition).for_each(|expr| self.visit_expr_mut(expr));
        // Of a selection in a future of its own, what the patterns bind is that one's own already.
        self.within_scope(|this| {
            branch.pat.iter_mut().for_each(|pat| this.bind(pat));
            this.visit_expr_mut(&mut branch.handler);
        });
    }

    /// `"{name}"` -> `"{name}", name = <use>`.
    fn captured_by_format(&mut self, list: &mut Vec<Argument>, format: usize, has_fields: bool) {
        let Some(text) = macros::format_string(list, format) else { return };
        // What stands before the text are fields, if the macro has some.
        let behind = if has_fields { list.iter().position(Argument::is_text).unwrap_or_default() } else { 0 };
        for name in macros::captured(&text.value()) {
            if list[behind..].iter().any(|argument| argument.name.as_ref().is_some_and(|known| *known == name)) {
                continue;
            }
            let name = Ident::new(&name, text.span());
            if let Some(used) = self.use_of(&name) {
                list.push(Argument { name: Some(name), before: TokenStream::new(), value: Expr::Path(path(used)) });
            }
        }
    }

    /// The same of tokens that are no list of expressions, those of a macro that `formats`, or of one within.
    fn captured_in_tokens(&mut self, tokens: TokenStream, formats: bool) -> TokenStream {
        let mut new: Vec<TokenTree> = Vec::new();
        for token in tokens {
            let TokenTree::Group(group) = token else {
                new.push(token);
                continue;
            };
            let within = match &new[..] {
                [.., TokenTree::Ident(name), bang] if macros::is(bang, '!') => {
                    macros::format_index(&name.to_string()).is_some()
                }
                _ => false,
            };
            let mut inner = Group::new(group.delimiter(), self.captured_in_tokens(group.stream(), within));
            inner.set_span(group.span());
            new.push(inner.into());
        }
        let text = if formats { format_text(&new) } else { None };
        for name in text.iter().flat_map(|text| macros::captured(&text.value())) {
            let name = Ident::new(&name, text.as_ref().map_or_else(Span::call_site, syn::LitStr::span));
            // Renamed with the others.
            if !gives(&new, &name) && self.resolve(&name).is_some() {
                let comma = !new.last().is_some_and(|last| macros::is(last, ','));
                new.extend(comma.then(|| TokenTree::from(Punct::new(',', Spacing::Alone))));
                new.extend(quote!(#name = #name));
            }
        }
        new.into_iter().collect()
    }

    /// Of a body of its own: what format strings within capture is seen at its beginning.
    fn captured_within(&mut self, tokens: TokenStream) -> TokenStream {
        let mut captured = TokenStream::new();
        for token in tokens {
            match token {
                TokenTree::Group(group) => captured.extend(self.captured_within(group.stream())),
                TokenTree::Literal(text) => {
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

    fn rename_tokens(&mut self, tokens: TokenStream, fields: Option<bool>) -> TokenStream {
        self.rebound(&tokens, &tokens);
        let renamed = macros::replace(tokens, &mut |ident| self.use_of(ident).map(ToTokens::into_token_stream));
        named_fields(renamed, fields, self)
    }

    /// A local alone, or a field of one -> `name = <use>`, as in [`named_fields`].
    fn named_arguments(&self, list: &mut [Argument], of_span: bool) {
        let mut alone = true;
        for argument in list.iter_mut() {
            alone &= of_span || !argument.is_text();
            let sigil = ["?", "%"].contains(&&*argument.before.to_string());
            if argument.name.is_some() || !(sigil || alone && argument.before.is_empty()) {
                continue;
            }
            let value: Vec<TokenTree> = argument.value.to_token_stream().into_iter().collect();
            if let Some(name) = field_name(&value, self) {
                let before = &argument.before;
                argument.before = quote!(#name = #before);
            }
        }
    }
}

impl Scopes<'_> {
    /// Notes names of locals that a `let` within such tokens gives to something else: which uses mean that, cannot be told.
    fn rebound(&mut self, tokens: &TokenStream, all: &TokenStream) {
        let mut bound = false;
        for token in tokens.clone() {
            match token {
                TokenTree::Group(group) => self.rebound(&group.stream(), all),
                TokenTree::Ident(name) if name == "let" => bound = true,
                TokenTree::Ident(name) if name == "mut" || name == "ref" => {}
                TokenTree::Ident(name) if std::mem::take(&mut bound) => {
                    if self.resolve(&name).is_some() && macros::mentions(all, &name) > 1 {
                        self.locals.rebound.push(name);
                    }
                }
                _ => bound = false,
            }
        }
    }
}

/// `?<use>` as an argument -> `name = ?<use>`: a field of tracing's is named after the local. Where the macro is known to have fields, so is
/// a local alone: up to the text, or in all arguments of a span.
fn named_fields(tokens: TokenStream, fields: Option<bool>, scopes: &Scopes<'_>) -> TokenStream {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut named = TokenStream::new();
    let mut alone = fields.is_some();
    for argument in tokens.split_inclusive(|token| macros::is(token, ',')) {
        let ends = argument.last().is_some_and(|last| macros::is(last, ','));
        let value = &argument[..argument.len() - usize::from(ends)];
        let of_text = matches!(value, [TokenTree::Literal(_)]);
        alone &= fields == Some(true) || !of_text;
        let (sigil, path) = match value {
            [sigil, path @ ..] if macros::is(sigil, '?') || macros::is(sigil, '%') => (true, path),
            path => (false, path),
        };
        if let (Some(name), true) = (field_name(path, scopes), sigil || alone) {
            named.extend(quote!(#name = ));
        }
        named.extend(argument.iter().cloned());
    }
    named
}

/// The name of `<use>.field`, which is the text of it.
fn field_name(path: &[TokenTree], scopes: &Scopes<'_>) -> Option<TokenStream> {
    let (TokenTree::Ident(first), fields) = path.split_first()? else { return None };
    let Name::Use(id) = Locals::read(first)? else { return None };
    let name = &scopes.locals[scopes.locals.used(id)].name;
    let are_fields = fields.len() % 2 == 0
        && fields.chunks(2).all(|field| macros::is(&field[0], '.') && matches!(field[1], TokenTree::Ident(_)));
    are_fields.then(|| quote!(#name #(#fields)*))
}

fn path(ident: Ident) -> syn::ExprPath {
    syn::ExprPath { attrs: Vec::new(), qself: None, path: ident.into() }
}

/// The format string among a macro's tokens: a text that stands alone.
fn format_text(tokens: &[TokenTree]) -> Option<syn::LitStr> {
    let alone = |at: usize| at == 0 || macros::is(&tokens[at - 1], ',');
    let texts = tokens.iter().enumerate().filter(|(at, token)| matches!(token, TokenTree::Literal(_)) && alone(*at));
    texts.filter_map(|(_, token)| syn::parse2(token.to_token_stream()).ok()).next()
}

/// Whether a macro is given an argument of this name, behind its text.
fn gives(tokens: &[TokenTree], name: &Ident) -> bool {
    let text = tokens.iter().position(|token| matches!(token, TokenTree::Literal(_))).unwrap_or_default();
    tokens[text..]
        .windows(2)
        .any(|pair| matches!(pair, [TokenTree::Ident(known), equals] if known == name && macros::is(equals, '=')))
}
