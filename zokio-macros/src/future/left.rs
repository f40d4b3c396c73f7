//! How a body is left: what the compiler refuses however it is compiled, it is to refuse in the user's own function.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Block, Expr, Label, Lifetime, ReturnType, Stmt, Type};

use super::input::Input;
use super::{expand, expected, macros, plain};

/// Whether the body has a `?` where the function returns nothing that could be left with one, or a `break` or `continue` that
/// leaves no loop, or has a value that the loop cannot have; ends with an `if` that has no `else`, where it has to have a value; or gives a macro
/// other arguments than its format string asks for.
pub(crate) fn is_wrong(body: &Block, output: &ReturnType) -> bool {
    let mut finder = Finder { tries: plain_output(output), ..Finder::default() };
    finder.visit_block(body);
    let miscounted = finder.miscounted.iter().any(|name| !expand::is_defined(name, body));
    finder.wrong || miscounted || has_no_else(body) && has_values(output)
}

/// Whether what a body ends with is an `if` without an `else`.
fn has_no_else(body: &Block) -> bool {
    let is_one = |it: &syn::ExprIf| {
        let last = std::iter::successors(Some(it), |it| match &it.else_branch {
            Some((_, other)) if let Expr::If(other) = &**other => Some(other),
            _ => None,
        });
        last.last().is_some_and(|last| last.else_branch.is_none())
    };
    matches!(body.stmts.last(), Some(Stmt::Expr(Expr::If(it), None)) if is_one(it))
}

/// Whether a function certainly returns something else than `()`, as far as its type is written.
fn has_values(output: &ReturnType) -> bool {
    let ReturnType::Type(_, ty) = output else { return false };
    match &**ty {
        Type::Reference(_) | Type::Array(_) => true,
        Type::Tuple(it) => !it.elems.is_empty(),
        Type::Path(it) => {
            let generic = |last: &syn::PathSegment| {
                !last.arguments.is_none()
                    && ["Vec", "Option", "Result", "Box", "Arc"].iter().any(|name| last.ident == name)
            };
            let alone = it.qself.is_none() && it.path.segments.len() == 1;
            plain::is_made(ty) || alone && it.path.segments.last().is_some_and(generic)
        }
        _ => false,
    }
}

/// How a body ends, as far as that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// Of what type its value is, is not written.
    Unknown,
    /// With its last expression, which borrows from nothing within, as its type is written.
    Value,
    /// Perhaps in its middle, or never.
    Anywhere,
}

impl End {
    /// That of a function's body, or a block's.
    pub(crate) fn of_input(input: &Input) -> Self {
        if input.told.is_some() { Self::Anywhere } else { Self::of(&input.body, &input.output) }
    }

    /// That of a body, whose value has the type `output`.
    pub(crate) fn of(body: &Block, output: &TokenStream) -> Self {
        if output.to_string() == "_" {
            return Self::Unknown;
        }
        let mut finder = Finder::default();
        finder.visit_block(body);
        if finder.returns || borrows(output.clone()) || !has_value(body) {
            return Self::Anywhere;
        }
        Self::Value
    }
}

/// Whether a call is one of std's that never return, as it is written: the machine has the compiler confirm it.
pub(crate) fn never_returns(call: &syn::ExprCall) -> bool {
    let Expr::Path(function) = &*call.func else { return false };
    let mut names = function.path.segments.iter().rev().map(|segment| segment.ident.to_string());
    match names.next().as_deref() {
        Some("resume_unwind" | "panic_any" | "unreachable_unchecked") => true,
        Some("exit" | "abort") => names.next().is_some_and(|module| module == "process"),
        _ => false,
    }
}

/// Whether a type may have a lifetime in it, that of a `dyn` included.
fn borrows(ty: TokenStream) -> bool {
    ty.into_iter().any(|token| match token {
        TokenTree::Punct(punct) => matches!(punct.as_char(), '&' | '\''),
        TokenTree::Ident(name) => name == "dyn",
        TokenTree::Group(group) => borrows(group.stream()),
        TokenTree::Literal(_) => false,
    })
}

/// Whether the block certainly has a value, if it is not left before: nothing that may be a call of what never returns.
fn has_value(block: &Block) -> bool {
    matches!(block.stmts.last(), Some(Stmt::Expr(tail, None)) if is_value(tail))
}

fn is_value(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(_)
        | Expr::Path(_)
        | Expr::Struct(_)
        | Expr::Tuple(_)
        | Expr::Array(_)
        | Expr::Field(_)
        | Expr::Await(_)
        | Expr::Binary(_) => true,
        Expr::Call(it) => expected::makes(&it.func),
        Expr::If(it) => has_value(&it.then_branch) || it.else_branch.as_ref().is_some_and(|(_, other)| is_value(other)),
        Expr::Match(it) => it.arms.iter().any(|arm| is_value(&arm.body)),
        Expr::Block(it) => has_value(&it.block),
        _ => false,
    }
}

fn plain_output(output: &ReturnType) -> bool {
    match output {
        ReturnType::Default => true,
        ReturnType::Type(_, ty) => match &**ty {
            Type::Tuple(it) => it.elems.is_empty(),
            other => plain::is_plain_type(other),
        },
    }
}

#[derive(Default)]
struct Finder {
    /// Whether a `?` is wrong.
    tries: bool,
    /// The loops around: the label, and whether it may have a value.
    loops: Vec<(Option<Lifetime>, bool)>,
    wrong: bool,
    /// Macros that, if they are std's, are given other arguments than they ask for.
    miscounted: Vec<Ident>,
    returns: bool,
}

impl Finder {
    fn within(&mut self, label: Option<&Label>, value: bool, body: &Block) {
        self.loops.push((label.map(|label| label.name.clone()), value));
        self.visit_block(body);
        self.loops.pop();
    }

    /// The loop that is meant; a label that is not found may be a block's.
    fn leaves(&mut self, label: Option<&Lifetime>, value: bool) {
        let meant = match label {
            None => self.loops.last(),
            Some(label) => self.loops.iter().rev().find(|(known, _)| known.as_ref() == Some(label)),
        };
        self.wrong |= match meant {
            Some((_, may)) => value && !may,
            None => label.is_none(),
        };
    }
}

impl<'ast> Visit<'ast> for Finder {
    fn visit_expr_loop(&mut self, it: &'ast syn::ExprLoop) {
        self.within(it.label.as_ref(), true, &it.body);
    }

    fn visit_expr_while(&mut self, it: &'ast syn::ExprWhile) {
        // The compiler has something of its own to say of a `break` in the condition.
        self.loops.push((it.label.as_ref().map(|label| label.name.clone()), true));
        self.visit_expr(&it.cond);
        self.loops.pop();
        self.within(it.label.as_ref(), false, &it.body);
    }

    fn visit_expr_for_loop(&mut self, it: &'ast syn::ExprForLoop) {
        self.visit_expr(&it.expr);
        self.within(it.label.as_ref(), false, &it.body);
    }

    fn visit_expr_break(&mut self, it: &'ast syn::ExprBreak) {
        self.leaves(it.label.as_ref(), it.expr.is_some());
        visit::visit_expr_break(self, it);
    }

    fn visit_expr_continue(&mut self, it: &'ast syn::ExprContinue) {
        self.leaves(it.label.as_ref(), false);
    }

    fn visit_expr_return(&mut self, it: &'ast syn::ExprReturn) {
        self.returns = true;
        visit::visit_expr_return(self, it);
    }

    fn visit_expr_try(&mut self, it: &'ast syn::ExprTry) {
        self.returns = true;
        self.wrong |= self.tries;
        visit::visit_expr_try(self, it);
    }

    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        self.miscounted
            .extend(mac.path.segments.last().filter(|_| macros::is_miscounted(mac)).map(|it| it.ident.clone()));
        self.returns |= !macros::is_inline(&macros::name(mac));
        let mut arguments = macros::Arguments::of(mac);
        for argument in arguments.expressions() {
            let mut inner = Self { loops: vec![(None, true)], ..Self::default() };
            inner.visit_expr(argument);
            self.returns |= inner.returns;
        }
    }

    fn visit_expr(&mut self, expr: &'ast Expr) {
        if !matches!(expr, Expr::Closure(_) | Expr::Async(_) | Expr::Const(_)) {
            visit::visit_expr(self, expr);
        }
    }

    fn visit_item(&mut self, _: &'ast syn::Item) {}
}
