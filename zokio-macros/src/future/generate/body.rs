//! Blocks and statements.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Label, Stmt};

use super::{Generator, Home, own};
use crate::future::local::AwaitId;
use crate::future::order::{Block, Kind, Statement};

impl Generator<'_> {
    pub(super) fn block(&self, block: &Block, label: Option<&Label>) -> TokenStream {
        self.within_scope(|| self.block_within(block, label))
    }

    fn block_within(&self, block: &Block, label: Option<&Label>) -> TokenStream {
        let last = block.statements.iter().rposition(|statement| statement.awaits.is_some());
        let items = block.statements.iter().filter_map(|statement| match &statement.kind {
            Kind::Other(item @ Stmt::Item(_)) => Some(item.to_token_stream()),
            _ => None,
        });
        let mut tokens: TokenStream = items.collect();
        for statement in &block.statements {
            tokens.extend(self.guards(&statement.extended));
            tokens.extend(self.guards(&statement.bound));
        }
        let mut run = TokenStream::new();
        let mut passed = Vec::new();
        let mut rest = TokenStream::new();
        for (index, statement) in block.statements.iter().enumerate() {
            if matches!(&statement.kind, Kind::Other(Stmt::Item(_))) {
                continue;
            }
            let tail = index + 1 == block.statements.len();
            let code = self.within_scope(|| self.statement(statement, tail));
            match statement.awaits.0 {
                _ if last.is_none_or(|last| index >= last) => rest.extend(code),
                None => run.extend(code),
                Some((_, AwaitId(hi))) => passed.push(Passed { before: std::mem::take(&mut run), code, hi }),
            }
        }
        tokens.extend(pass(&passed));
        tokens.extend(unentered(&run));
        quote!(#label { #tokens #rest })
    }

    fn statement(&self, statement: &Statement, tail: bool) -> TokenStream {
        let guards = self.guards(&statement.temporaries);
        let clear = statement.temporaries.iter().rev().filter(|local| self.is_guarded(**local)).map(|local| {
            let guard = self.guard(*local);
            quote!(#guard.clear();)
        });
        match &statement.kind {
            Kind::Let { pat, init, otherwise } => {
                let code = self.local(statement, pat, init.as_deref(), otherwise.as_deref());
                let plain = statement.bound.iter().any(|local| self.home(*local) == Home::Plain);
                if statement.temporaries.is_empty() {
                    code
                } else if plain {
                    // What it binds has to be seen behind it.
                    quote!(#guards #code #(#clear)*)
                } else {
                    quote!({ #guards #code })
                }
            }
            Kind::Expr { expr, semicolon } => {
                let code = self.expr(expr);
                // A node is in parentheses, so that it needs one where its keyword would not.
                let semicolon = (*semicolon || !tail).then(|| quote!(;));
                if statement.temporaries.is_empty() {
                    quote!(#code #semicolon)
                } else {
                    quote!({ #guards #code #semicolon })
                }
            }
            Kind::Other(Stmt::Macro(mac)) => {
                let code = self.expr(&syn::Expr::Macro(syn::ExprMacro { attrs: Vec::new(), mac: mac.mac.clone() }));
                let semicolon = mac.semi_token;
                quote!(#code #semicolon)
            }
            Kind::Other(other) => other.to_token_stream(),
        }
    }

    fn local(
        &self,
        statement: &Statement,
        pat: &syn::Pat,
        init: Option<&syn::Expr>,
        otherwise: Option<&syn::Expr>,
    ) -> TokenStream {
        let Some(init) = init else {
            let plain = statement.bound.iter().all(|local| self.home(*local) == Home::Plain);
            let pat = self.pattern(pat);
            return if plain { quote!(let #pat;) } else { TokenStream::new() };
        };
        if let Some((pat, value)) = self.let_in_place(init, pat, otherwise.is_some()) {
            let otherwise = otherwise.map(|otherwise| self.expr(otherwise));
            let otherwise = otherwise.map(|otherwise| quote!(else { #otherwise }));
            let puts = self.puts(&statement.bound);
            return quote!(let #pat = #value #otherwise; #puts);
        }
        let init = self.expr(init);
        if let (syn::Pat::Ident(ident), [local]) = (pat, &*statement.bound)
            && ident.by_ref.is_none()
            && ident.subpat.is_none()
            && self.home(*local) != Home::Plain
            && otherwise.is_none()
        {
            return self.put(*local, &init);
        }
        let pat = self.pattern(pat);
        let otherwise = otherwise.map(|otherwise| {
            let otherwise = self.expr(otherwise);
            quote!(else { #otherwise })
        });
        let puts = self.puts(&statement.bound);
        quote!(let #pat = #init #otherwise; #puts)
    }

    /// Moves what a pattern has bound into its slots.
    pub(super) fn puts(&self, bound: &[crate::future::local::LocalId]) -> TokenStream {
        let slots = bound.iter().filter(|local| self.home(**local) != Home::Plain);
        slots.map(|local| self.put(*local, &self.compiled.locals[*local].name)).collect()
    }
}

/// A statement that awaits, which is passed over when the poll function is entered behind its last await.
struct Passed {
    /// What does not await, before it.
    before: TokenStream,
    code: TokenStream,
    hi: usize,
}

/// The most statements that are passed over one by one.
const ONE_BY_ONE: usize = 3;

/// Statements that are passed over: where there are many, half of them at once, so that entering the poll function does not take the longer
/// the further behind it is entered.
fn pass(passed: &[Passed]) -> TokenStream {
    let at = own("at");
    if passed.len() <= ONE_BY_ONE {
        let passed = passed.iter().map(|Passed { before, code, hi }| {
            let before = unentered(before);
            quote!(#before if #at <= #hi { #code })
        });
        return passed.collect();
    }
    let (first, second) = passed.split_at(passed.len() / 2);
    let (hi, first, second) = (first[first.len() - 1].hi, pass(first), pass(second));
    quote!(if #at <= #hi { #first } #second)
}

/// Statements that do not await are passed over when the poll function is entered behind them.
fn unentered(run: &TokenStream) -> TokenStream {
    let at = own("at");
    if run.is_empty() { TokenStream::new() } else { quote!(if #at == 0 { #run }) }
}
