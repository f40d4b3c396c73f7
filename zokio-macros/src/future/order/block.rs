//! Blocks: their statements, and which of their locals have to be there when the poll function enters in the middle.

use std::collections::HashSet;

use syn::{Expr, ExprMacro, Local, Stmt};

use super::lent::lends_to_asked;
use super::{Awaits, Block, Kind, Names, Order, Statement, bound};
use crate::compiler::Edition;
use crate::future::awaits;
use crate::future::local::{LocalId, Name};
use crate::future::macros;
use crate::future::plain::learn;
use crate::future::terminating;

impl Order<'_> {
    /// A block at whose end its temporaries end: a function's body, a branch, an arm, or a loop's body.
    pub(crate) fn block(&mut self, block: syn::Block) -> Block {
        let (mut block, around) = self.scope(|this| this.inner(block, false));
        block.around = around;
        block
    }

    /// A block within an expression: the temporaries of what it ends with end there too, or with the statement around.
    pub(super) fn inner(&mut self, block: syn::Block, lift: bool) -> Block {
        let span = block.brace_token.span.join();
        let mentions: Vec<HashSet<LocalId>> = block.stmts.iter().map(|stmt| self.mentions(stmt)).collect();
        let awaiting: Vec<bool> = block.stmts.iter().map(awaits::stmt).collect();
        let last = awaiting.iter().rposition(|awaits| *awaits);
        let length = block.stmts.len();
        let (statements, awaits) = self.numbering(|this| {
            let statements = block.stmts.into_iter().enumerate();
            statements
                .map(|(index, stmt)| {
                    let before_last = last.is_some_and(|last| index < last);
                    let statement = match stmt {
                        Stmt::Expr(mut tail, None) if index + 1 == length && this.edition == Edition::Before2024 => {
                            match terminating::unmark(&mut tail) || matches!(tail, Expr::ForLoop(_)) {
                                true => this.statement(Stmt::Expr(tail, None), before_last),
                                false => this.tail(tail, lift),
                            }
                        }
                        stmt => this.statement(stmt, before_last),
                    };
                    if before_last {
                        this.crossing(&statement, index, &awaiting, &mentions);
                    }
                    statement
                })
                .collect()
        });
        Block { statements, awaits, around: Vec::new(), span }
    }

    /// What a block ends with, whose temporaries outlive it.
    fn tail(&mut self, tail: Expr, lift: bool) -> Statement {
        let lift = lift || lends_to_asked(&tail);
        let (expr, awaits) = self.numbering(|this| this.expr(tail, lift));
        let kind = Kind::Expr { expr, semicolon: None };
        Statement { kind, bound: Vec::new(), extended: Vec::new(), temporaries: Vec::new(), awaits }
    }

    /// A local of a statement before an await stays an ordinary one if it is used no farther than that.
    fn crossing(&mut self, statement: &Statement, index: usize, awaiting: &[bool], mentions: &[HashSet<LocalId>]) {
        let end = if awaiting[index] {
            index + 1
        } else {
            awaiting[index..].iter().position(|awaits| *awaits).map_or(awaiting.len(), |next| index + next)
        };
        for local in &statement.bound {
            self.locals[*local].crosses |= awaiting[index] || mentions[end..].iter().any(|used| used.contains(local));
        }
    }

    fn mentions(&self, stmt: &Stmt) -> HashSet<LocalId> {
        let mut mentions = HashSet::new();
        stmt.names(&mut |name| {
            if let Name::Use(id) = name {
                mentions.insert(self.locals.used(id));
            }
        });
        mentions
    }

    fn statement(&mut self, stmt: Stmt, awaits_later: bool) -> Statement {
        let mut extended = Vec::new();
        // What awaits is an expression, also where tokens that were parsed again have made a macro's statement of it.
        let stmt = match stmt {
            Stmt::Macro(it) if macros::awaits_in(&it.mac) => {
                Stmt::Expr(Expr::Macro(ExprMacro { attrs: it.attrs, mac: it.mac }), it.semi_token)
            }
            other => other,
        };
        let (((kind, bound), awaits), temporaries) = self.scope(|this| {
            this.numbering(|this| match stmt {
                Stmt::Local(local) => this.local(local, awaits_later, &mut extended),
                Stmt::Expr(expr, semicolon) => {
                    let lift = lends_to_asked(&expr);
                    let expr = this.expr(expr, lift);
                    (Kind::Expr { expr, semicolon }, Vec::new())
                }
                other => (Kind::Other(other), Vec::new()),
            })
        });
        Statement { kind, bound, extended, temporaries, awaits }
    }

    fn local(&mut self, local: Local, awaits_later: bool, extended: &mut Vec<LocalId>) -> (Kind, Vec<LocalId>) {
        let bound = bound(&local.pat);
        let (init, otherwise) = match local.init {
            Some(init) => {
                let mut value = *init.expr;
                learn(self.locals, &local.pat, &value);
                if awaits_later || awaits::expr(&value) {
                    // Temporaries whose life is extended to that of the local.
                    self.extend(&mut value, by_reference(&local.pat), extended);
                }
                let lift = lends_to_asked(&value);
                let value = self.expr(value, lift);
                (Some(Box::new(value)), init.diverge.map(|(_, otherwise)| Box::new(self.terminated(*otherwise, false))))
            }
            None => {
                bound.iter().for_each(|local| self.locals[*local].later = true);
                (None, None)
            }
        };
        (Kind::Let { token: local.let_token, pat: Box::new(local.pat), init, otherwise, end: local.semi_token }, bound)
    }
}

/// Whether the pattern borrows what it is matched against.
pub(crate) fn by_reference(pat: &syn::Pat) -> bool {
    struct ByReference(bool);
    impl<'ast> syn::visit::Visit<'ast> for ByReference {
        fn visit_pat_ident(&mut self, pat: &'ast syn::PatIdent) {
            self.0 |= pat.by_ref.is_some();
            syn::visit::visit_pat_ident(self, pat);
        }
    }
    let mut found = ByReference(false);
    syn::visit::Visit::visit_pat(&mut found, pat);
    found.0
}

impl Awaits {
    /// Whether anything is awaited.
    pub(crate) fn is_some(self) -> bool {
        self.0.is_some()
    }

    /// Whether the one of that number is among them.
    pub(crate) fn contains(self, number: usize) -> bool {
        self.0.is_some_and(|(first, last)| (first.0..=last.0).contains(&number))
    }
}

/// Whether an expression is only a name.
pub(super) fn is_name(expr: &Expr) -> bool {
    matches!(expr, Expr::Path(path) if path.path.get_ident().is_some())
}
