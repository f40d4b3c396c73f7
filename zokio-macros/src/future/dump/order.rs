//! `order` as text: statements, and below each the nodes that stand in it.

use std::fmt::Write;

use syn::Expr;

use super::names::Texts;
use crate::future::local::LocalId;
use crate::future::order::{Block, Kind, Node, NodeId, Nodes, Statement};

pub(super) fn text(body: &Block, nodes: &Nodes, texts: &Texts<'_>) -> String {
    let mut tree = Tree { nodes, texts, depth: 0, text: String::new() };
    tree.block(body);
    tree.text
}

struct Tree<'t> {
    nodes: &'t Nodes,
    texts: &'t Texts<'t>,
    depth: usize,
    text: String,
}

impl Tree<'_> {
    fn line(&mut self, line: &str) {
        let _ = writeln!(self.text, "{:indent$}{line}", "", indent = 4 * self.depth);
    }

    fn within(&mut self, run: impl FnOnce(&mut Self)) {
        self.depth += 1;
        run(self);
        self.depth -= 1;
    }

    fn block(&mut self, block: &Block) {
        block.statements.iter().for_each(|statement| self.statement(statement));
        self.temporaries("outlived by", &block.around);
    }

    fn statement(&mut self, statement: &Statement) {
        match &statement.kind {
            Kind::Let { pat, init, otherwise, .. } => {
                let pat = self.texts.code(pat);
                let (mut line, mut nodes) = (format!("let {pat}"), Vec::new());
                for (before, expr) in [(" = ", init), (" else ", otherwise)] {
                    if let Some(expr) = expr {
                        let (text, more) = self.texts.expr(expr);
                        line += before;
                        line += &text;
                        nodes.extend(more);
                    }
                }
                self.line(&(line + ";"));
                self.below(&nodes);
            }
            Kind::Expr { expr, semicolon } => {
                self.expr("", expr, if semicolon.is_some() { ";" } else { "" });
            }
            Kind::Other(stmt) => self.line(&self.texts.code(stmt)),
        }
        self.temporaries("extended", &statement.extended);
        self.temporaries("temporary", &statement.temporaries);
    }

    fn temporaries(&mut self, what: &str, locals: &[LocalId]) {
        if !locals.is_empty() {
            let list = self.texts.list(locals.iter().copied());
            self.within(|this| this.line(&format!("{what} {list}")));
        }
    }

    fn expr(&mut self, before: &str, expr: &Expr, after: &str) {
        let (text, nodes) = self.texts.expr(expr);
        self.line(&format!("{before}{text}{after}"));
        self.below(&nodes);
    }

    fn below(&mut self, nodes: &[NodeId]) {
        self.within(|this| nodes.iter().for_each(|node| this.node(*node)));
    }

    fn node(&mut self, id: NodeId) {
        let n = id.0;
        let label = |label: &Option<syn::Label>| {
            label.as_ref().map_or_else(String::new, |label| format!("'{}: ", label.name.ident))
        };
        match &self.nodes[id] {
            Node::Await { id, future, operand } => {
                let before = format!("n{n} await {} in {}: ", id.0, self.texts.local(*future));
                self.expr(&before, operand, "");
            }
            Node::Steps { steps, value } => {
                self.line(&format!("n{n} steps"));
                self.within(|this| {
                    for step in steps {
                        let hoisted = if step.hoisted { " (until the statement ends)" } else { "" };
                        this.expr(&format!("{} = ", this.texts.local(step.local)), &step.value, hoisted);
                    }
                    this.expr("then ", value, "");
                });
            }
            Node::Logic { and, left, right, .. } => {
                self.line(&format!("n{n} {}", if *and { "and" } else { "or" }));
                self.within(|this| {
                    this.expr("", left, "");
                    this.expr("", right, "");
                });
            }
            Node::If { cond, then, otherwise, temporaries, later, .. } => {
                self.expr(&format!("n{n} if "), cond, "");
                self.temporaries("temporary", temporaries);
                self.within(|this| this.block(then));
                if let Some(otherwise) = otherwise {
                    self.expr("else ", otherwise, "");
                    self.temporaries("temporary", later);
                }
            }
            Node::Match { scrutinee, arms } => {
                self.expr(&format!("n{n} match "), scrutinee, "");
                self.within(|this| {
                    for arm in arms {
                        let pat = this.texts.code(&arm.pat);
                        this.expr(&format!("{pat} => "), &arm.body, "");
                    }
                });
            }
            Node::Loop { label: name, body, .. } => {
                self.line(&format!("n{n} {}loop", label(name)));
                self.within(|this| this.block(body));
            }
            Node::Block { label: name, body, .. } => {
                self.line(&format!("n{n} {}block", label(name)));
                self.within(|this| this.block(body));
            }
            Node::Hold { local, value } => {
                self.expr(&format!("n{n} hold {} = ", self.texts.local(*local)), value, "");
            }
        }
    }
}
