//! Blocks and statements.

use proc_macro2::{Delimiter, Group, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Expr, Label, Stmt};

use super::{Generator, Home, own};
use crate::future::extent::Extent;
use crate::future::local::{AwaitId, LocalId};
use crate::future::macros;
use crate::future::order::{Block, Kind, Statement};
use crate::future::plain;

impl Generator<'_> {
    pub(super) fn block(&self, block: &Block, label: Option<&Label>) -> TokenStream {
        self.block_of(block, label, false)
    }

    /// A block, whose value is a condition or not.
    pub(super) fn block_of(&self, block: &Block, label: Option<&Label>, condition: bool) -> TokenStream {
        self.within_scope(|| {
            let around = self.guards(&block.around);
            let code = self.block_within(block, label, condition);
            if around.is_empty() { code } else { quote!({ #around #code }) }
        })
    }

    fn block_within(&self, block: &Block, label: Option<&Label>, condition: bool) -> TokenStream {
        let last = block.statements.iter().rposition(|statement| statement.awaits.is_some());
        let items = block.statements.iter().filter_map(|statement| match &statement.kind {
            Kind::Other(item) if is_item(item) => Some(item.to_token_stream()),
            _ => None,
        });
        let mut tokens: TokenStream = items.collect();
        for statement in &block.statements {
            tokens.extend(self.guards(&statement.extended));
            tokens.extend(self.guards(&statement.bound));
        }
        // The value of the body itself.
        let returned = std::ptr::eq(block, self.compiled.body) && self.makes;
        let mut run = TokenStream::new();
        let mut passed = Vec::new();
        let mut rest = TokenStream::new();
        for (index, statement) in block.statements.iter().enumerate() {
            if matches!(&statement.kind, Kind::Other(item) if is_item(item)) {
                continue;
            }
            let tail = index + 1 == block.statements.len();
            let code = self.within_scope(|| self.statement(statement, tail, tail && returned));
            // What is said of a condition that is none, is said of an `if`'s, as it is natively.
            let code = if tail && condition { quote!(if #code { true } else { false }) } else { code };
            match statement.awaits.0 {
                _ if last.is_none_or(|last| index >= last) => rest.extend(code),
                None => run.extend(code),
                Some((_, AwaitId(hi))) => passed.push(Passed { before: std::mem::take(&mut run), code, hi }),
            }
        }
        tokens.extend(pass(&passed));
        tokens.extend(unentered(&run));
        tokens.extend(rest);
        // What the compiler cannot reach it does not see where the machine may enter behind it.
        let no_value = !block.statements.last().is_some_and(is_value);
        if no_value
            && block.statements.iter().position(is_left).is_some_and(|left| last.is_some_and(|last| left < last))
        {
            tokens.extend(quote!(::core::unreachable!()));
        } else if no_value && std::ptr::eq(block, self.compiled.body) && !block.statements.iter().any(is_left) {
            tokens.extend(self.without_value());
        }
        let mut braces = Group::new(Delimiter::Brace, tokens);
        // The compiler shows it from brace to brace, and by their edition its last temporaries end.
        braces.set_span(block.span);
        quote!(#label #braces)
    }

    /// Where the body ends without a value: that one is missing, if so, the compiler says of the witness.
    fn without_value(&self) -> TokenStream {
        let z = self.z;
        match self.output.to_string().as_str() {
            "()" | "_" => TokenStream::new(),
            output if output.starts_with('<') => TokenStream::new(),
            _ => quote!(#z::without_value()),
        }
    }

    fn statement(&self, statement: &Statement, tail: bool, returned: bool) -> TokenStream {
        let guards = self.guards(&statement.temporaries);
        let guarded = statement.temporaries.iter().rev().filter(|local| self.is_guarded(**local));
        let ended = guarded.map(|local| self.guard(*local));
        let ended = quote!(#(::core::mem::drop(#ended);)*);
        match &statement.kind {
            Kind::Let { token, pat, init, otherwise, end } => {
                // Its temporaries end before what it leaves through.
                let otherwise = otherwise.as_ref().map(|otherwise| self.otherwise(otherwise, &ended));
                let code = self.local(statement, pat, init.as_deref(), otherwise, (*token, *end));
                let plain = statement.bound.iter().any(|local| self.home(*local) == Home::Plain);
                if statement.temporaries.is_empty() {
                    code
                } else if plain {
                    // What it binds has to be seen behind it. The guards are not there any more: they would borrow what their temporaries do.
                    // (Nor is it the value of a block: where a destructor panics at the end of one, the compiler leaks its value.)
                    quote!(#guards #code #ended)
                } else {
                    quote!({ #guards #code })
                }
            }
            Kind::Expr { expr, semicolon } => {
                let code = if returned { self.made(expr) } else { self.expr(expr) };
                // A node is in parentheses, so that it needs one where its keyword would not.
                let semicolon = semicolon.or_else(|| (!tail).then(Default::default));
                if statement.temporaries.is_empty() {
                    quote!(#code #semicolon)
                } else {
                    quote!({ #guards #code #semicolon })
                }
            }
            Kind::Other(Stmt::Macro(mac)) => {
                let returning = self.returning_statement(mac, tail);
                let code = returning.unwrap_or_else(|| {
                    self.expr(&Expr::Macro(syn::ExprMacro { attrs: Vec::new(), mac: mac.mac.clone() }))
                });
                // Behind braces too, where it is no value: in another block it might be taken for one.
                let semicolon = mac.semi_token.or_else(|| (!tail).then(Default::default));
                quote!(#code #semicolon)
            }
            Kind::Other(other) => other.to_token_stream(),
        }
    }

    fn local(
        &self,
        statement: &Statement,
        pat: &syn::Pat,
        init: Option<&Expr>,
        otherwise: Option<TokenStream>,
        (token, end): (syn::Token![let], syn::Token![;]),
    ) -> TokenStream {
        let Some(init) = init else {
            let plain = statement.bound.iter().all(|local| self.home(*local) == Home::Plain);
            return match (pat, &*statement.bound) {
                _ if plain => {
                    let pat = self.pattern(pat);
                    quote!(let #pat;)
                }
                // What it is given later is coerced to that.
                (syn::Pat::Type(it), [local]) => {
                    let (ty, place) = (&it.ty, self.place(*local));
                    quote!(if false { let _: *mut #ty = #place; })
                }
                _ => TokenStream::new(),
            };
        };
        if let Some((pat, value)) = self.let_in_place(init, pat, otherwise.is_some()) {
            let puts = self.puts(&statement.bound);
            return quote!(#token #pat = #value #otherwise #end #puts);
        }
        let init = match pat {
            syn::Pat::Type(it) if plain::is_made(&it.ty) => self.made(init),
            _ => self.expr(init),
        };
        if let (syn::Pat::Ident(ident), [local]) = (pat, &*statement.bound)
            && ident.by_ref.is_none()
            && ident.subpat.is_none()
            && self.home(*local) != Home::Plain
            && otherwise.is_none()
        {
            return self.put(*local, &init);
        }
        let pat = self.pattern(pat);
        let puts = self.puts(&statement.bound);
        quote!(#token #pat = #init #otherwise #end #puts)
    }

    /// A value of which the type is written. Where a call makes a future instead, the witness says that an `.await` is missing.
    pub(super) fn made(&self, value: &Expr) -> TokenStream {
        let code = self.expr(value);
        match value {
            Expr::Call(_) | Expr::MethodCall(_) => {
                let Extent { first, last } = Extent::of(value);
                let (mut z, mut end) = (self.z.clone(), Group::new(Delimiter::Parenthesis, TokenStream::new()));
                z.set_span(first);
                end.set_span(last);
                quote_spanned!(first=> #z::Made(#code).__zokio_made #end)
            }
            _ => code,
        }
    }

    fn otherwise(&self, otherwise: &Expr, ended: &TokenStream) -> TokenStream {
        let code = self.expr(otherwise);
        match otherwise {
            Expr::Block(_) if ended.is_empty() => quote!(else #code),
            _ => quote!(else { #ended #code }),
        }
    }

    /// Moves what a pattern with a guard has bound into its slots. A slot's type is one for all polls, and a reference of that type
    /// would borrow what is matched for all of them, also where the guard has failed.
    pub(super) fn puts_apart(&self, bound: &[LocalId]) -> TokenStream {
        let z = self.z;
        let slots = bound.iter().filter(|local| self.home(**local) != Home::Plain);
        let puts = slots.map(|local| {
            let (place, name) = (self.place(*local), &self.compiled.locals[*local].name);
            if !self.parts_of(*local).is_empty() || !self.is_guarded(*local) {
                return self.put(*local, name);
            }
            let guard = self.guard(*local);
            quote!(if false { loop {} ::core::ptr::write(#place, #name); } #z::put_apart(#place, #name); #guard.full = #place;)
        });
        puts.collect()
    }

    /// Moves what a pattern has bound into its slots.
    pub(super) fn puts(&self, bound: &[LocalId]) -> TokenStream {
        let slots = bound.iter().filter(|local| self.home(**local) != Home::Plain);
        slots.map(|local| self.put(*local, &self.compiled.locals[*local].name)).collect()
    }
}

/// Whether the block ends with it as its value.
fn is_value(statement: &Statement) -> bool {
    match &statement.kind {
        Kind::Expr { semicolon, .. } => semicolon.is_none(),
        Kind::Other(Stmt::Macro(mac)) => mac.semi_token.is_none(),
        Kind::Other(Stmt::Expr(_, semicolon)) => semicolon.is_none(),
        Kind::Let { .. } | Kind::Other(_) => false,
    }
}

/// Whether nothing behind it is reached.
fn is_left(statement: &Statement) -> bool {
    matches!(&statement.kind, Kind::Expr { expr: Expr::Return(_) | Expr::Break(_) | Expr::Continue(_), .. })
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

/// Whether a statement is an item, or a macro that makes items.
fn is_item(stmt: &Stmt) -> bool {
    match stmt {
        Stmt::Item(_) => true,
        Stmt::Macro(it) => macros::makes_items(&macros::name(&it.mac)),
        _ => false,
    }
}
