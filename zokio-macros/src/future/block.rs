//! `async_block!`: a block whose future is a machine.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Block, Expr, Stmt, Token};

use super::extent::Extent;
use super::input::{Argument, Input};
use super::lint::{Allowed, Names};
use super::{macros, pattern};
use crate::compiler;
use crate::diagnostics::Faults;
use crate::variable;

/// Expands the macro.
pub(crate) fn expand(tokens: TokenStream) -> TokenStream {
    let Body { allow, captures, mut block, .. } = match syn::parse2(tokens) {
        Ok(body) => body,
        Err(error) => return error.to_compile_error(),
    };
    let mut faults = Faults::default();
    variable::faults().into_iter().for_each(|fault| faults.add(&block, fault));
    let mut allowed = Allowed::default();
    allow.iter().for_each(|names| allowed.add(names, &mut faults));
    super::expected::shown(&mut block);
    let captures = captures.unwrap_or_else(|| free(&block));
    let krate = quote!(::zokio::plumbing::machine);
    let arguments: Vec<Argument> = captures
        .iter()
        .map(|name| Argument { name: name.clone(), ty: None, is_mut: true, once: false, generic: true, lifetime: None })
        .collect();
    let tied = super::tie::tied(&block, &TokenStream::new(), &arguments, &krate);
    let (asked, lints) = super::lint::calls(&tied, &captures, allowed, &krate);
    let statements = &asked.stmts;
    let input = Input {
        name: "block".to_owned(),
        witness: quote!(#(#statements)*),
        taken: TokenStream::new(),
        body: block.clone(),
        arguments,
        output: quote!(_),
        told: None,
        quiet: Vec::new(),
        returned: Extent::of(&block),
        braces: block.brace_token.span.join(),
        path: super::input::path("async_block!"),
        generic: true,
        edition: compiler::edition(),
        lints,
        krate,
    };
    let machine = super::compile(input, &mut faults);
    if faults.is_empty() {
        return quote!({ #machine });
    }
    let faults = faults.to_tokens();
    quote!({ #faults async move #block })
}

/// The body of one within another body, if this is one.
pub(super) fn within(mac: &syn::Macro) -> Option<Body> {
    (macros::name(mac) == "async_block").then(|| syn::parse2(mac.tokens.clone()).ok()).flatten()
}

/// `[a, mut b] { .. }`, or the statements alone; `#![allow(..)]` in front.
pub(super) struct Body {
    allow: Vec<Names>,
    /// As it is written.
    said: TokenStream,
    pub(super) captures: Option<Vec<Ident>>,
    pub(super) block: Block,
}

impl ToTokens for Body {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { said, captures, block, .. } = self;
        let statements = &block.stmts;
        tokens.extend(quote!(#said));
        tokens.extend(match captures {
            Some(captures) => quote!([#(mut #captures),*] #block),
            None => quote!(#(#statements)*),
        });
    }
}

impl Parse for Body {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let (mut allow, mut said) = (Vec::new(), TokenStream::new());
        while input.peek(Token![#]) && input.peek2(Token![!]) {
            input.parse::<Token![#]>()?;
            input.parse::<Token![!]>()?;
            let content;
            syn::bracketed!(content in input);
            let inner: TokenStream = content.fork().parse()?;
            said.extend(quote!(#![#inner]));
            allow.push(content.parse()?);
        }
        let fork = input.fork();
        if let Ok(captures) = list(&fork)
            && fork.peek(syn::token::Brace)
            && let Ok(block) = fork.parse()
            && fork.is_empty()
        {
            input.parse::<TokenStream>()?;
            return Ok(Self { allow, said, captures: Some(captures), block });
        }
        let stmts = input.call(Block::parse_within)?;
        Ok(Self { allow, said, captures: None, block: Block { brace_token: Default::default(), stmts } })
    }
}

fn list(input: ParseStream<'_>) -> syn::Result<Vec<Ident>> {
    let content;
    syn::bracketed!(content in input);
    let names = Punctuated::<Capture, Token![,]>::parse_terminated(&content)?;
    Ok(names.into_iter().map(|capture| capture.0).collect())
}

struct Capture(Ident);

impl Parse for Capture {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        input.parse::<Option<Token![mut]>>()?;
        use syn::ext::IdentExt;
        Ok(Self(Ident::parse_any(input)?))
    }
}

/// Names that the block uses and does not bind, in the order of their first use: those that begin with a small letter and
/// are not called.
fn free(block: &Block) -> Vec<Ident> {
    let mut free = Free { scopes: vec![Vec::new()], found: Vec::new() };
    free.visit_block(block);
    free.found
}

struct Free {
    scopes: Vec<Vec<String>>,
    found: Vec<Ident>,
}

impl Free {
    fn mention(&mut self, name: &Ident) {
        let text = name.to_string();
        let small = text.starts_with(|first: char| first.is_lowercase() || first == '_');
        let bound = self.scopes.iter().flatten().any(|bound| *bound == text);
        if small && !bound && !self.found.contains(name) && text != "super" && text != "crate" {
            self.found.push(name.clone());
        }
    }

    fn bind(&mut self, pat: &syn::Pat) {
        let (names, _) = pattern::bound(pat);
        if let Some(scope) = self.scopes.last_mut() {
            scope.extend(names.iter().map(ToString::to_string));
        }
    }

    fn scope(&mut self, visit: impl FnOnce(&mut Self)) {
        self.scopes.push(Vec::new());
        visit(self);
        self.scopes.pop();
    }
}

impl<'ast> Visit<'ast> for Free {
    fn visit_block(&mut self, block: &'ast Block) {
        self.scope(|this| {
            for stmt in &block.stmts {
                if let Stmt::Item(syn::Item::Fn(item)) = stmt {
                    this.scopes.last_mut().into_iter().for_each(|scope| scope.push(item.sig.ident.to_string()));
                }
            }
            visit::visit_block(this, block);
        });
    }

    fn visit_local(&mut self, local: &'ast syn::Local) {
        if let Some(init) = &local.init {
            self.visit_expr(&init.expr);
            if let Some((_, otherwise)) = &init.diverge {
                self.visit_expr(otherwise);
            }
        }
        self.bind(&local.pat);
    }

    fn visit_expr_closure(&mut self, it: &'ast syn::ExprClosure) {
        self.scope(|this| {
            it.inputs.iter().for_each(|input| this.bind(input));
            this.visit_expr(&it.body);
        });
    }

    fn visit_expr_if(&mut self, it: &'ast syn::ExprIf) {
        self.scope(|this| {
            this.visit_expr(&it.cond);
            this.visit_block(&it.then_branch);
        });
        it.else_branch.iter().for_each(|(_, otherwise)| self.visit_expr(otherwise));
    }

    fn visit_expr_while(&mut self, it: &'ast syn::ExprWhile) {
        self.scope(|this| {
            this.visit_expr(&it.cond);
            this.visit_block(&it.body);
        });
    }

    fn visit_expr_for_loop(&mut self, it: &'ast syn::ExprForLoop) {
        self.visit_expr(&it.expr);
        self.scope(|this| {
            this.bind(&it.pat);
            this.visit_block(&it.body);
        });
    }

    fn visit_expr_let(&mut self, it: &'ast syn::ExprLet) {
        self.visit_expr(&it.expr);
        self.bind(&it.pat);
    }

    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        self.scope(|this| {
            this.bind(&arm.pat);
            if let syn::Pat::Guard(guard) = &arm.pat {
                this.visit_expr(&guard.guard);
            }
            this.visit_expr(&arm.body);
        });
    }

    fn visit_expr_call(&mut self, it: &'ast syn::ExprCall) {
        if !matches!(&*it.func, Expr::Path(path) if path.path.get_ident().is_some()) {
            self.visit_expr(&it.func);
        }
        it.args.iter().for_each(|argument| self.visit_expr(argument));
    }

    fn visit_expr_path(&mut self, it: &'ast syn::ExprPath) {
        if let Some(name) = it.path.get_ident() {
            self.mention(name);
        }
    }

    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        if let Some(Body { captures, block, .. }) = within(mac) {
            let captures = captures.unwrap_or_else(|| free(&block));
            captures.iter().for_each(|name| self.mention(name));
            return;
        }
        let mut arguments = macros::Arguments::of(mac);
        if let macros::Arguments::Tokens(tokens) = &arguments {
            macros::replace(tokens.clone(), &mut |name| {
                self.mention(name);
                None
            });
        }
        for argument in arguments.expressions() {
            // The visitor borrows for as long as the block: what a macro has is looked at by itself.
            let expr = argument.clone();
            let mut inner = Self { scopes: self.scopes.clone(), found: std::mem::take(&mut self.found) };
            inner.visit_expr(&expr);
            self.found = inner.found;
        }
        if let Some(format) = macros::captured_names(mac) {
            format.iter().for_each(|name| self.mention(name));
        }
    }

    fn visit_item(&mut self, _: &'ast syn::Item) {}
    fn visit_pat(&mut self, _: &'ast syn::Pat) {}
}
