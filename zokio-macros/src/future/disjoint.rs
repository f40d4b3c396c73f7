//! A closure or block that moves in fields of a local of which something else is used: since the 2021 edition it takes those fields alone.
//!
//! `move || o.n + 1` -> `{ let n = o.n; move || n + 1 }`

use std::env;
use std::sync::OnceLock;

use proc_macro2::Span;
use quote::{ToTokens, format_ident};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprAsync, ExprClosure, Item, Macro, Member, Stmt, parse_quote};

use super::apart::is_named;
use super::local::{LocalId, Locals, Name, Origin, UseId};
use super::macros::{self, Arguments};
use super::uses::{self, Uses};

/// Takes them before the closure, in a body whose locals have numbers and are used as often as `used` says.
pub(super) fn take(body: &mut Block, locals: &mut Locals, used: &[usize]) {
    if !captures_all() {
        Disjoint { locals, used }.visit_block_mut(body);
    }
}

/// Whether closures take all of a local, as they did up to the 2018 edition: the compiler in whose process a macro runs was told.
fn captures_all() -> bool {
    static CAPTURES_ALL: OnceLock<bool> = OnceLock::new();
    *CAPTURES_ALL.get_or_init(|| {
        let arguments = || env::args_os().map(|argument| argument.to_string_lossy().into_owned());
        let old = ["2015", "2018"];
        let joined = |argument: &str| argument.strip_prefix("--edition=").is_some_and(|edition| old.contains(&edition));
        let apart = |(word, edition): (String, String)| word == "--edition" && old.contains(&edition.as_str());
        arguments().any(|argument| joined(&argument)) || arguments().zip(arguments().skip(1)).any(apart)
    })
}

struct Disjoint<'l> {
    locals: &'l mut Locals,
    used: &'l [usize],
}

impl Disjoint<'_> {
    /// The fields that a closure takes of locals of whose type is written that it is no reference: its statements before the closure.
    fn fields(&mut self, closure: &mut Expr) -> Vec<Stmt> {
        let mut lets = Vec::new();
        for (local, ids) in uses::within(closure, self.locals) {
            let known = &self.locals[local];
            let elsewhere = self.used.get(local.0).is_some_and(|all| *all > ids.len());
            if !elsewhere || !known.ty.as_ref().is_some_and(is_named) {
                continue;
            }
            let uses = Uses::of(closure, &ids);
            if !uses.are_of_fields() {
                continue;
            }
            let mut taken = Taken { ids: &ids, fields: Vec::new(), found: 0 };
            taken.visit_expr_mut(&mut closure.clone());
            // What stands among the tokens of a macro cannot be replaced.
            if taken.found == ids.len() {
                lets.extend(uses.fields.iter().map(|member| self.field(local, member, &ids, closure)));
            }
        }
        lets
    }

    fn field(&mut self, local: LocalId, member: &Member, ids: &[UseId], closure: &mut Expr) -> Stmt {
        let span = self.locals[local].name.span();
        let member_name = match member {
            Member::Named(name) => name.to_string(),
            Member::Unnamed(index) => index.index.to_string(),
        };
        let name = format_ident!("__zokio_{}", member_name.trim_start_matches("r#"), span = Span::mixed_site());
        let field = self.locals.add(name, Origin::Bound);
        let mut taken = Taken { ids, fields: vec![(member.clone(), field, self.locals)], found: 0 };
        taken.visit_expr_mut(closure);
        let (binder, used) = (Locals::binder(field, span), self.locals.use_of(local, span));
        parse_quote!(let #binder = #used.#member;)
    }
}

impl VisitMut for Disjoint<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        let (Expr::Closure(ExprClosure { capture, .. }) | Expr::Async(ExprAsync { capture, .. })) = expr else {
            visit_mut::visit_expr_mut(self, expr);
            return;
        };
        if capture.is_some() {
            let lets = self.fields(expr);
            if !lets.is_empty() {
                *expr = parse_quote!({ #(#lets)* #expr });
            }
        }
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
}

/// The uses of fields within a closure, each of which becomes that of a local.
struct Taken<'t> {
    ids: &'t [UseId],
    fields: Vec<(Member, LocalId, &'t mut Locals)>,
    found: usize,
}

impl VisitMut for Taken<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        let Expr::Field(it) = &*expr else { return };
        let Expr::Path(path) = &*it.base else { return };
        let Some(name) = path.path.get_ident() else { return };
        if !matches!(Locals::read(name), Some(Name::Use(id)) if self.ids.contains(&id)) {
            return;
        }
        self.found += 1;
        let (member, span) = (it.member.clone(), name.span());
        if let Some((_, local, locals)) = self.fields.iter_mut().find(|(known, ..)| *known == member) {
            let used = locals.use_of(*local, span);
            *expr = parse_quote!(#used);
        }
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        if macros::is_inline(&macros::name(mac)) {
            let mut arguments = Arguments::of(mac);
            arguments.expressions().into_iter().for_each(|argument| self.visit_expr_mut(argument));
            mac.tokens = arguments.into_token_stream();
        }
    }
}
