//! What a body consists of when it is in order: statements, and nodes within their expressions.

use proc_macro2::{Ident, Literal, Span};
use quote::ToTokens;
use syn::{Expr, ExprMacro, Label, Macro, Pat, Stmt};

use super::Source;
use crate::future::extent::Extent;
use crate::future::local::{AwaitId, LocalId};

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
    pub(super) nodes: Vec<Node>,
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
    pub(super) fn add(&mut self, node: Node, Extent { first, last }: Extent) -> Expr {
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
