//! A struct that is taken apart by a `let`, and of which something is used afterwards: field by field, so that the rest stays where it is.
//!
//! `let Args { tag, wait } = args;` -> `let tag = args.tag; let wait = args.wait;`

use proc_macro2::TokenStream;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, Item, Pat, Stmt, Type, parse_quote};

use super::local::{LocalId, Locals, Name};
use super::order::Names;

/// Takes apart what has to be, in a body whose locals have numbers.
pub(super) fn take(body: &mut Block, locals: &mut Locals) {
    let used = used(body, locals);
    Apart { locals, used }.visit_block_mut(body);
}

/// How often each local is used.
fn used(body: &Block, locals: &Locals) -> Vec<usize> {
    let mut used = vec![0; locals.len()];
    for stmt in &body.stmts {
        stmt.names(&mut |name| {
            if let Name::Use(id) = name {
                used[locals.used(id).0] += 1;
            }
        });
    }
    used
}

/// Whether a type is written as the pattern is: a struct, then, neither a reference to one nor an enum.
fn is_of(ty: &Type, pat: &syn::PatStruct) -> bool {
    match ty {
        Type::Path(it) => {
            let (of_type, of_pattern) = (&it.path.segments, &pat.path.segments);
            it.qself.is_none()
                && pat.qself.is_none()
                && of_type.len() == of_pattern.len()
                && of_type.iter().zip(of_pattern).all(|(one, other)| one.ident == other.ident)
        }
        // The argument of a macro.
        Type::Group(it) => is_of(&it.elem, pat),
        _ => false,
    }
}

struct Apart<'l> {
    locals: &'l mut Locals,
    used: Vec<usize>,
}

impl Apart<'_> {
    /// The `let`s, where the value is a local that is used again, and of the same type.
    fn lets(&mut self, it: &syn::Local) -> Option<Vec<Stmt>> {
        let (Pat::Struct(pat), Some(init)) = (&it.pat, &it.init) else { return None };
        let (Expr::Path(path), None, true) = (&*init.expr, &init.diverge, it.attrs.is_empty()) else { return None };
        let name = path.path.get_ident()?;
        let Name::Use(id) = Locals::read(name)? else { return None };
        let local = self.locals.used(id);
        if self.used[local.0] < 2 || !self.locals[local].ty.as_ref().is_some_and(|ty| is_of(ty, pat)) {
            return None;
        }
        if pat.fields.iter().any(|field| !field.attrs.is_empty()) {
            return None;
        }
        let fields = pat.fields.iter().filter(|field| !matches!(*field.pat, Pat::Wild(_)));
        let is_name = |pat: &Pat| matches!(pat, Pat::Ident(it) if it.by_ref.is_none() && it.subpat.is_none());
        if !fields.clone().all(|field| is_name(&field.pat)) {
            return None;
        }
        Some(fields.map(|field| self.field(local, name.span(), &field.pat, &field.member)).collect())
    }

    fn field(&mut self, local: LocalId, span: proc_macro2::Span, pat: &Pat, member: &syn::Member) -> Stmt {
        let used = self.locals.use_of(local, span);
        parse_quote!(let #pat = #used.#member;)
    }
}

impl VisitMut for Apart<'_> {
    fn visit_block_mut(&mut self, block: &mut Block) {
        for mut stmt in std::mem::take(&mut block.stmts) {
            self.visit_stmt_mut(&mut stmt);
            match &stmt {
                Stmt::Local(it) => match self.lets(it) {
                    Some(lets) => block.stmts.extend(lets),
                    None => block.stmts.push(stmt),
                },
                _ => block.stmts.push(stmt),
            }
        }
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        // Those have locals of their own.
        if !matches!(expr, Expr::Closure(_) | Expr::Async(_)) {
            visit_mut::visit_expr_mut(self, expr);
        }
    }

    fn visit_token_stream_mut(&mut self, _: &mut TokenStream) {}
    fn visit_item_mut(&mut self, _: &mut Item) {}
}
