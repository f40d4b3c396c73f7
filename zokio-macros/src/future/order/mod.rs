//! A body in the order of its evaluation: everything that awaits is a node, what an await leaves waiting is a local.
//!
//! Within expressions a node is a placeholder, so that what does not await stays as it is written.

mod block;
mod conditional;
mod lent;
mod methods;
mod names;
mod operands;
mod source;
mod temporary;

use proc_macro2::{Ident, Literal, Span};
use quote::ToTokens;
use syn::{Expr, ExprMacro, Label, Macro, Pat, Stmt};

pub(crate) use self::block::by_reference;
pub(crate) use self::conditional::{changes, has_let};
pub(crate) use self::methods::{
    asks, asks_local, borrows, certainly_consumes, compares, consumes, infers, makes_future, takes, takes_captured,
};
pub(crate) use self::names::Names;
pub(crate) use self::operands::{is_assignment, is_comparison};
use self::source::source_text;
pub(crate) use self::source::{Source, described};
pub(crate) use self::temporary::{constructs, is_constant, is_place};
use super::local::{AwaitId, LocalId, Locals, Name, Origin};
use super::{awaits, terminating};
use crate::compiler::Edition;
use crate::diagnostics::Faults;
use crate::future::extent::Extent;

/// A node, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NodeId(pub(crate) usize);

/// What needs more than Rust's own words, because the poll function may be entered in its middle.
#[derive(Debug)]
pub(crate) enum Node {
    Await {
        id: AwaitId,
        /// The home of what is awaited.
        future: LocalId,
        operand: Expr,
    },
    /// Operands that are evaluated before an await in the same expression, then the expression.
    Steps {
        steps: Vec<Step>,
        value: Expr,
    },
    /// `&&` or `||` with an await in it.
    Logic {
        and: bool,
        left: Expr,
        right: Expr,
        right_awaits: Awaits,
    },
    If {
        cond: Expr,
        bound: Vec<LocalId>,
        /// What ends in front of the other branch.
        temporaries: Vec<LocalId>,
        /// What the other branch keeps until it ends.
        later: Vec<LocalId>,
        then: Block,
        otherwise: Option<Expr>,
        then_awaits: Awaits,
        otherwise_awaits: Awaits,
    },
    Match {
        scrutinee: Expr,
        arms: Vec<Arm>,
    },
    Loop {
        label: Option<Label>,
        token: syn::Token![loop],
        body: Block,
    },
    Block {
        label: Option<Label>,
        body: Block,
        /// Whether its value is a condition.
        condition: bool,
    },
    /// A temporary that is borrowed until its scope ends.
    Hold {
        local: LocalId,
        value: Expr,
    },
}

/// An operand that is kept.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) local: LocalId,
    pub(crate) value: Expr,
    /// Whether it is a temporary of the scope around, because it is borrowed.
    pub(crate) hoisted: bool,
}

/// The awaits within: first and last, in the order of evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Awaits(pub(crate) Option<(AwaitId, AwaitId)>);

#[derive(Debug)]
pub(crate) struct Arm {
    /// With its guard, if it has one.
    pub(crate) pat: Pat,
    pub(crate) guard_awaits: Awaits,
    pub(crate) body: Expr,
    pub(crate) bound: Vec<LocalId>,
    pub(crate) awaits: Awaits,
}

#[derive(Debug)]
pub(crate) struct Block {
    pub(crate) statements: Vec<Statement>,
    /// What the block awaits.
    pub(crate) awaits: Awaits,
    /// Temporaries of the last expression that outlive the block's locals.
    pub(crate) around: Vec<LocalId>,
    /// Where it is, from brace to brace.
    pub(crate) span: Span,
}

#[derive(Debug)]
pub(crate) struct Statement {
    pub(crate) kind: Kind,
    /// What the statement binds.
    pub(crate) bound: Vec<LocalId>,
    /// Temporaries that live as long as what it binds.
    pub(crate) extended: Vec<LocalId>,
    pub(crate) temporaries: Vec<LocalId>,
    pub(crate) awaits: Awaits,
}

/// A body has few of them: their size does not matter.
#[allow(clippy::large_enum_variant)]
#[derive(Debug)]
pub(crate) enum Kind {
    Let {
        token: syn::Token![let],
        pat: Box<Pat>,
        init: Option<Box<Expr>>,
        otherwise: Option<Box<Expr>>,
        end: syn::Token![;],
    },
    Expr {
        expr: Expr,
        semicolon: Option<syn::Token![;]>,
    },
    /// An item, or a macro that may be anything.
    Other(Stmt),
}

/// All nodes of a body.
#[derive(Debug, Default)]
pub(crate) struct Nodes {
    nodes: Vec<Node>,
    /// Where each await is, and what it awaits: in the order of their numbers.
    pub(crate) sources: Vec<Source>,
}

const NODE: &str = "__zokio_node";
/// A node that is a place: a temporary in its home.
const HOLD: &str = "__zokio_hold";

/// The node that a placeholder stands for.
pub(crate) fn node_of(mac: &ExprMacro) -> Option<NodeId> {
    mac.mac.path.get_ident().filter(|name| *name == NODE || *name == HOLD)?;
    mac.mac.tokens.to_string().parse().ok().map(NodeId)
}

impl std::ops::Index<NodeId> for Nodes {
    type Output = Node;

    fn index(&self, id: NodeId) -> &Node {
        &self.nodes[id.0]
    }
}

impl Nodes {
    /// Adds a node: its placeholder, which begins and ends where the node does.
    fn add(&mut self, node: Node, Extent { first, last }: Extent) -> Expr {
        let name = if matches!(node, Node::Hold { .. }) { HOLD } else { NODE };
        self.nodes.push(node);
        let tokens = Literal::usize_unsuffixed(self.nodes.len() - 1).into_token_stream();
        Expr::Macro(ExprMacro {
            attrs: Vec::new(),
            mac: Macro {
                path: Ident::new(name, first).into(),
                bang_token: Default::default(),
                delimiter: syn::MacroDelimiter::Paren(syn::token::Paren(last)),
                tokens,
            },
        })
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Node> {
        self.nodes.iter()
    }

    /// How many awaits there are.
    pub(crate) fn awaits(&self) -> usize {
        self.sources.len()
    }

    /// What `let`s bind in the blocks that await: of each block, in its order.
    pub(crate) fn bound(&self, body: &Block) -> Vec<Vec<LocalId>> {
        let blocks = self.nodes.iter().filter_map(|node| match node {
            Node::If { then: block, .. } | Node::Loop { body: block, .. } | Node::Block { body: block, .. } => {
                Some(block)
            }
            _ => None,
        });
        let bound =
            |block: &Block| block.statements.iter().flat_map(|statement| statement.bound.iter().copied()).collect();
        blocks.chain([body]).map(bound).collect()
    }

    /// The futures that may be pointers to futures, by what is awaited: not what a function returns, unless its name says so.
    pub(crate) fn pointers(&self) -> Vec<LocalId> {
        let pointers = self.nodes.iter().filter_map(|node| match node {
            Node::Await { future, operand, .. } => self.may_point(operand).then_some(*future),
            _ => None,
        });
        pointers.collect()
    }

    fn may_point(&self, operand: &Expr) -> bool {
        match operand {
            Expr::Call(call) => match &*call.func {
                Expr::Path(path) => path.path.segments.last().is_none_or(|last| makes_pointers(&last.ident)),
                _ => true,
            },
            Expr::MethodCall(call) => makes_pointers(&call.method),
            Expr::Paren(it) => self.may_point(&it.expr),
            Expr::Macro(mac) => match node_of(mac).map(|id| &self[id]) {
                Some(Node::Steps { value, .. }) => self.may_point(value),
                _ => true,
            },
            _ => true,
        }
    }
}

/// Whether a function's or a type's name says that it makes a pointer, or may be anything.
fn makes_pointers(name: &Ident) -> bool {
    const NAMES: [&str; 12] = [
        "pin",
        "new",
        "from",
        "into",
        "boxed",
        "boxed_local",
        "as_mut",
        "get_mut",
        "as_pin_mut",
        "by_ref",
        "unwrap",
        "expect",
    ];
    let name = name.to_string();
    name.starts_with(char::is_uppercase) || NAMES.contains(&name.as_str())
}

/// Whether a placeholder stands for a temporary in its home.
pub(crate) fn is_held(mac: &ExprMacro) -> bool {
    mac.mac.path.is_ident(HOLD)
}

/// Puts a body in order.
pub(crate) struct Order<'o> {
    pub(crate) locals: &'o mut Locals,
    pub(crate) nodes: Nodes,
    pub(crate) faults: &'o mut Faults,
    /// The temporaries of the scopes around.
    temporaries: Vec<Vec<LocalId>>,
    /// When temporaries end.
    edition: Edition,
    /// Whether awaits are described as they are written.
    named: bool,
}

impl<'o> Order<'o> {
    pub(crate) fn new(locals: &'o mut Locals, faults: &'o mut Faults, edition: Edition, named: bool) -> Self {
        Self { locals, nodes: Nodes::default(), faults, temporaries: Vec::new(), edition, named }
    }

    /// Runs it, and says which awaits it has numbered.
    fn numbering<T>(&mut self, run: impl FnOnce(&mut Self) -> T) -> (T, Awaits) {
        let before = self.nodes.awaits();
        let result = run(self);
        let after = self.nodes.awaits();
        (result, Awaits((after > before).then_some((AwaitId(before + 1), AwaitId(after)))))
    }

    /// Runs it in a scope of temporaries.
    fn scope<T>(&mut self, run: impl FnOnce(&mut Self) -> T) -> (T, Vec<LocalId>) {
        self.temporaries.push(Vec::new());
        let result = run(self);
        let temporaries = self.temporaries.pop().unwrap_or_default();
        for local in &temporaries {
            self.locals[*local].listed = true;
        }
        (result, temporaries)
    }

    /// The expression with nodes for what awaits. With `lift`, its temporaries live until the innermost scope ends.
    pub(crate) fn expr(&mut self, mut expr: Expr, lift: bool) -> Expr {
        let terminating = terminating::unmark(&mut expr);
        if !awaits::expr(&expr) {
            if lift {
                self.temporary(&mut expr);
            }
            return expr;
        }
        match expr {
            Expr::Await(it) => self.awaited(it),
            Expr::Paren(mut it) => {
                *it.expr = self.expr(*it.expr, lift);
                Expr::Paren(it)
            }
            Expr::Group(it) => self.expr(*it.expr, lift),
            Expr::Binary(it) if matches!(it.op, syn::BinOp::And(_) | syn::BinOp::Or(_)) => self.logic(it, lift),
            Expr::If(it) => self.conditional(it, terminating || self.edition == Edition::Since2024, lift),
            Expr::Match(it) => self.select(it, lift),
            Expr::Loop(it) => {
                let extent = Extent::of_block(it.label.as_ref(), Some(it.loop_token.span), &it.body);
                let body = self.block(it.body);
                self.nodes.add(Node::Loop { label: it.label, token: it.loop_token, body }, extent)
            }
            Expr::Block(it) if terminating => self.terminating(it),
            Expr::Block(it) => {
                let extent = Extent::of_block(it.label.as_ref(), None, &it.block);
                let body = self.inner(it.block, lift);
                self.nodes.add(Node::Block { label: it.label, body, condition: false }, extent)
            }
            Expr::Unsafe(it) => {
                let extent = Extent::of_block(None, Some(it.unsafe_token.span), &it.block);
                let body = self.inner(it.block, lift);
                self.nodes.add(Node::Block { label: None, body, condition: false }, extent)
            }
            Expr::ForLoop(mut it) => {
                *it.expr = self.expr(*it.expr, false);
                Expr::ForLoop(it)
            }
            other => self.operation(other, lift),
        }
    }

    /// A condition, at whose end its temporaries end.
    fn conditional_value(&mut self, expr: Expr, lift: bool) -> Expr {
        let terminated = self.terminated(expr, lift);
        if let Expr::Macro(mac) = &terminated
            && let Some(NodeId(id)) = node_of(mac)
            && let Node::Block { label: None, condition, .. } = &mut self.nodes.nodes[id]
        {
            *condition = true;
        }
        terminated
    }

    /// An expression at whose end its temporaries end.
    fn terminated(&mut self, expr: Expr, lift: bool) -> Expr {
        if !awaits::expr(&expr) {
            return self.expr(expr, lift);
        }
        if let Expr::Block(it) = expr {
            return self.terminating(it);
        }
        let block = syn::Block { brace_token: Default::default(), stmts: vec![Stmt::Expr(expr, None)] };
        self.terminating(syn::ExprBlock { attrs: Vec::new(), label: None, block })
    }

    fn terminating(&mut self, it: syn::ExprBlock) -> Expr {
        let extent = Extent::of_block(it.label.as_ref(), None, &it.block);
        let body = self.block(it.block);
        self.nodes.add(Node::Block { label: it.label, body, condition: false }, extent)
    }

    fn awaited(&mut self, it: syn::ExprAwait) -> Expr {
        let span = it.await_token.span;
        let extent = Extent { first: Extent::of_expr(&it.base).first, last: span };
        let (name, text) = if self.named { self.described(&it.base) } else { Default::default() };
        let operand = self.expr(*it.base, true);
        let future = self.locals.add_nameless("future", span, Origin::Awaited);
        self.nodes.sources.push(Source { span, name, text });
        let id = AwaitId(self.nodes.sources.len());
        self.nodes.add(Node::Await { id, future, operand }, extent)
    }

    /// By the names that are written.
    fn described(&self, awaited: &Expr) -> (String, String) {
        let written = self.locals.named(awaited.to_token_stream());
        // The most usual ones have their names on their face.
        if let Expr::MethodCall(it) = awaited {
            return (it.method.to_string(), source_text(&written));
        }
        syn::parse2(written).map_or_else(|_| described(awaited), |written| described(&written))
    }

    fn logic(&mut self, it: syn::ExprBinary, lift: bool) -> Expr {
        let and = matches!(it.op, syn::BinOp::And(_));
        let extent = Extent { first: Extent::of_expr(&it.left).first, last: Extent::of_expr(&it.right).last };
        let left = self.conditional_value(*it.left, lift);
        let (right, right_awaits) = self.numbering(|this| this.terminated(*it.right, lift));
        self.nodes.add(Node::Logic { and, left, right, right_awaits }, extent)
    }
}

/// What a pattern binds, in its order.
pub(crate) fn bound(pat: &Pat) -> Vec<LocalId> {
    let mut bound = Vec::new();
    // What its guard binds within is the guard's.
    let pat = if let Pat::Guard(guard) = pat { &*guard.pat } else { pat };
    pat.names(&mut |name| {
        if let Name::Binder(local) = name
            && !bound.contains(&local)
        {
            bound.push(local);
        }
    });
    bound
}
