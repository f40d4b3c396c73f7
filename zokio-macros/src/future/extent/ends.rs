//! The first and the last token of an expression, without making tokens of all that is between: an expression may be a whole loop.

use proc_macro2::Span;
use syn::{Attribute, Block, Expr, ExprIf, ExprMatch, Label, Member};

use super::Extent;

impl Extent {
    /// That of an expression.
    pub(crate) fn of_expr(expr: &Expr) -> Self {
        match (first(expr), last(expr)) {
            (Some(first), Some(last)) => Self { first, last },
            _ => Self::of(expr),
        }
    }

    pub(crate) fn of_if(it: &ExprIf) -> Self {
        let last = it.else_branch.as_ref().map_or_else(|| Some(close(&it.then_branch)), |(_, other)| last(other));
        match last {
            Some(last) if it.attrs.is_empty() => Self { first: it.if_token.span, last },
            _ => Self::of(it),
        }
    }

    pub(crate) fn of_match(it: &ExprMatch) -> Self {
        let last = it.brace_token.span.close();
        if it.attrs.is_empty() { Self { first: it.match_token.span, last } } else { Self::of(it) }
    }

    /// That of a block after a label and a word, if it has them.
    pub(crate) fn of_block(label: Option<&Label>, word: Option<Span>, block: &Block) -> Self {
        let label = label.map(|label| label.name.apostrophe);
        Self { first: label.or(word).unwrap_or_else(|| block.brace_token.span.open()), last: close(block) }
    }
}

fn close(block: &Block) -> Span {
    block.brace_token.span.close()
}

/// Unless an attribute is in front.
fn begins(attributes: &[Attribute], with: Span) -> Option<Span> {
    attributes.is_empty().then_some(with)
}

/// None where it is not worth a case.
fn first(expr: &Expr) -> Option<Span> {
    match expr {
        Expr::Assign(it) if it.attrs.is_empty() => first(&it.left),
        Expr::Await(it) if it.attrs.is_empty() => first(&it.base),
        Expr::Binary(it) if it.attrs.is_empty() => first(&it.left),
        Expr::Call(it) if it.attrs.is_empty() => first(&it.func),
        Expr::Cast(it) if it.attrs.is_empty() => first(&it.expr),
        Expr::Field(it) if it.attrs.is_empty() => first(&it.base),
        Expr::Index(it) if it.attrs.is_empty() => first(&it.expr),
        Expr::MethodCall(it) if it.attrs.is_empty() => first(&it.receiver),
        Expr::Try(it) if it.attrs.is_empty() => first(&it.expr),
        Expr::Path(it) if it.qself.is_none() && it.path.leading_colon.is_none() => {
            begins(&it.attrs, it.path.segments.first()?.ident.span())
        }
        Expr::Reference(it) => begins(&it.attrs, it.and_token.span),
        Expr::Paren(it) => begins(&it.attrs, it.paren_token.span.open()),
        Expr::Tuple(it) => begins(&it.attrs, it.paren_token.span.open()),
        Expr::If(it) => begins(&it.attrs, it.if_token.span),
        Expr::Match(it) => begins(&it.attrs, it.match_token.span),
        Expr::Lit(it) => begins(&it.attrs, it.lit.span()),
        _ => None,
    }
}

/// None where it is not worth a case.
fn last(expr: &Expr) -> Option<Span> {
    match expr {
        Expr::Assign(it) => last(&it.right),
        Expr::Await(it) => Some(it.await_token.span),
        Expr::Binary(it) => last(&it.right),
        Expr::Block(it) => Some(close(&it.block)),
        Expr::Call(it) => Some(it.paren_token.span.close()),
        Expr::Field(it) => match &it.member {
            Member::Named(name) => Some(name.span()),
            Member::Unnamed(_) => None,
        },
        Expr::ForLoop(it) => Some(close(&it.body)),
        Expr::If(it) => it.else_branch.as_ref().map_or_else(|| Some(close(&it.then_branch)), |(_, other)| last(other)),
        Expr::Index(it) => Some(it.bracket_token.span.close()),
        Expr::Lit(it) => Some(it.lit.span()),
        Expr::Loop(it) => Some(close(&it.body)),
        Expr::Match(it) => Some(it.brace_token.span.close()),
        Expr::MethodCall(it) => Some(it.paren_token.span.close()),
        Expr::Paren(it) => Some(it.paren_token.span.close()),
        Expr::Path(it) if it.path.segments.last().is_some_and(|last| last.arguments.is_none()) => {
            Some(it.path.segments.last()?.ident.span())
        }
        Expr::Reference(it) => last(&it.expr),
        Expr::Struct(it) => Some(it.brace_token.span.close()),
        Expr::Try(it) => Some(it.question_token.span),
        Expr::Tuple(it) => Some(it.paren_token.span.close()),
        Expr::Unary(it) => last(&it.expr),
        Expr::While(it) => Some(close(&it.body)),
        _ => None,
    }
}
