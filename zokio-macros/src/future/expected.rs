//! Awaits of which a type is expected.
//!
//! The compiler makes a loop of an `await`, and gives it a span of its own, each time another one: what it says of the type of what is
//! awaited, it would say of the witness and of the machine. So it is a member of a tuple that such a place expects. What that member is
//! moved out of is there until the statement ends, and the compiler's borrow checker takes it to be dropped then: so only where nothing
//! else follows in the statement.

use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, Item, Local, Pat, Stmt};

use super::awaits;
use super::extent::Extent;

/// Rewrites the body.
pub(crate) fn shown(body: &mut Block) {
    Shown.visit_block_mut(body);
}

struct Shown;

fn show(expr: &mut Expr) {
    if let Expr::Await(_) | Expr::Try(_) = expr
        && awaits::expr(expr)
        && let Ok(value) = syn::parse2(Extent::of_expr(expr).of_value(expr))
    {
        *expr = value;
    }
}

/// What is awaited for a call, a struct and the like is there until that is made. The last operand of a value may be made of such, and
/// so on, since nothing that comes later is in its way.
///
/// What a block ends with, and what is returned, is there when the block's locals are gone, before edition 2024: there only what is part
/// of the value.
fn show_operands(expr: &mut Expr, leaves: bool) {
    let mut operands: Vec<&mut Expr> = match expr {
        Expr::Call(it) if !leaves || makes(&it.func) => it.args.iter_mut().collect(),
        Expr::MethodCall(it) if !leaves => it.args.iter_mut().collect(),
        Expr::Tuple(it) => it.elems.iter_mut().collect(),
        Expr::Array(it) => it.elems.iter_mut().collect(),
        Expr::Struct(it) if it.rest.is_none() => it.fields.iter_mut().map(|field| &mut field.expr).collect(),
        _ => return,
    };
    if let Some(last) = operands.last_mut() {
        show_operands(last, leaves);
    }
    operands.into_iter().for_each(show);
}

/// Whether it makes a struct or the variant of an enum, by its name.
pub(crate) fn makes(func: &Expr) -> bool {
    let Expr::Path(path) = func else { return false };
    path.path.segments.last().is_some_and(|last| last.ident.to_string().starts_with(char::is_uppercase))
}

impl VisitMut for Shown {
    fn visit_block_mut(&mut self, block: &mut Block) {
        visit_mut::visit_block_mut(self, block);
        if let Some(Stmt::Expr(tail, None)) = block.stmts.last_mut() {
            show(tail);
        }
        for stmt in &mut block.stmts {
            if let Stmt::Expr(expr, semicolon) = stmt {
                // Of a local, what its `let` says is mentioned, which only the witness has.
                if let (Expr::Assign(it), Some(_)) = (&mut *expr, &semicolon)
                    && let (Expr::Field(_), Expr::Await(_)) = (&*it.left, &*it.right)
                {
                    show(&mut it.right);
                }
                show_operands(expr, semicolon.is_none());
            }
        }
    }

    fn visit_local_mut(&mut self, local: &mut Local) {
        visit_mut::visit_local_mut(self, local);
        if let Some(init) = &mut local.init {
            show_operands(&mut init.expr, false);
        }
        if let Some(init) = &mut local.init
            && !matches!(local.pat, Pat::Ident(_) | Pat::Wild(_))
        {
            show(&mut init.expr);
        }
    }

    fn visit_arm_mut(&mut self, arm: &mut syn::Arm) {
        visit_mut::visit_arm_mut(self, arm);
        if let Expr::Await(_) | Expr::Try(_) = &*arm.body {
            // As a block's: the compiler has something else to say of arms.
            let body = &mut arm.body;
            show(body);
            *arm.body = syn::parse_quote!({ #body });
        }
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        match expr {
            Expr::Return(it) => it.expr.iter_mut().for_each(|value| {
                show_operands(value, true);
                show(value);
            }),
            Expr::If(it) => show(&mut it.cond),
            Expr::While(it) => show(&mut it.cond),
            Expr::Match(it) => show(&mut it.expr),
            Expr::Let(it) => show(&mut it.expr),
            _ => {}
        }
    }

    fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}
    fn visit_expr_async_mut(&mut self, _: &mut syn::ExprAsync) {}
    fn visit_expr_const_mut(&mut self, _: &mut syn::ExprConst) {}
    fn visit_item_mut(&mut self, _: &mut Item) {}
    fn visit_macro_mut(&mut self, _: &mut syn::Macro) {}
}
