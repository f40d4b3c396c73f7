//! Macros: which of their arguments are evaluated, and how those are used.

use syn::{Expr, Macro, Pat};

use super::{Action, Builder, Exit, How};
use crate::future::json::Json;
use crate::future::local::Name;
use crate::future::macros::{self, Arguments, Evaluated};
use crate::future::order::Names;
use crate::future::selection;

impl Builder<'_> {
    pub(super) fn in_macro(&mut self, mac: &Macro) {
        let name = macros::name(mac);
        if macros::is_other_body(&name) {
            self.captured_by(mac);
            return;
        }
        let by_value = macros::takes_values(&name);
        if selection::is_selection(mac) {
            // In a future of its own it has its branches still.
            match selection::branches(mac).filter(|_| self.within_closure) {
                Some(selection) => {
                    for branch in &selection.branches {
                        branch.future.iter().chain(&branch.condition).for_each(|expr| self.value(expr));
                        self.value(&branch.handler);
                    }
                }
                None => selection::selected(mac).iter().for_each(|future| self.value(future)),
            }
            return;
        }
        match Arguments::of(mac) {
            Arguments::List(list) => {
                let passed_on = macros::is_fallible(&name) && list.len() <= 2;
                let argument = |this: &mut Self, argument: &macros::Argument| {
                    let value = by_value || passed_on && !matches!(argument.value, Expr::Lit(_));
                    if value { this.value(&argument.value) } else { this.place(&argument.value) }
                };
                match macros::evaluated(&mac.path) {
                    Evaluated::All => list.iter().for_each(|it| argument(self, it)),
                    Evaluated::First(count) => {
                        let (first, message) = list.split_at(count.min(list.len()));
                        first.iter().for_each(|it| argument(self, it));
                        self.branch(
                            |this| {
                                message.iter().for_each(|it| argument(this, it));
                                if macros::is_fallible(&name) {
                                    this.exit(Exit::Failed);
                                }
                                this.from.clear();
                            },
                            |_| {},
                        );
                    }
                    Evaluated::Perhaps => {
                        list.iter().for_each(|it| self.branch(|this| argument(this, it), |_| {}));
                    }
                }
            }
            Arguments::Repeat(value, count) => {
                self.value(&value);
                self.value(&count);
            }
            Arguments::Matches(value, pat) => {
                self.place(&value);
                if let Pat::Guard(guard) = &*pat {
                    self.branch(|this| this.value(&guard.guard), |_| {});
                }
            }
            Arguments::Json(pieces) => self.json(&pieces),
            Arguments::Tokens(tokens) => self.mentioned(&tokens),
        }
        if macros::is_fallible(&name) {
            self.exit(Exit::Failed);
        } else if macros::may_return(mac) {
            self.exit(Exit::Returned);
            self.exit(Exit::Failed);
        }
        if macros::diverges(&mac.path) {
            self.from.clear();
        }
    }

    fn json(&mut self, pieces: &[Json]) {
        for piece in pieces {
            match piece {
                Json::Tokens(_) => {}
                Json::Key(key) => self.value(key),
                Json::Value(value) => self.place(value),
                Json::Group(_, within) => self.json(within),
            }
        }
    }

    pub(super) fn mentioned(&mut self, piece: &impl Names) {
        piece.names(&mut |name| {
            if let Name::Use(id) = name {
                self.act(Action::Use(id, How::Place));
            }
        });
    }
}
