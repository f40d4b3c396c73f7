//! The flow of a body: points, each with what happens there, and edges.

mod after;
mod bind;
mod by_fields;
mod capture;
mod control;
mod expr;
mod macros;
mod part;

use std::collections::{HashMap, HashSet};

use syn::Lifetime;

pub(crate) use self::bind::{Binding, moves};
use self::by_fields::ByFields;
pub(crate) use self::part::{Part, path};

use super::local::{AwaitId, LocalId, Locals, UseId};
use super::order::{Block, Nodes};

/// How a local is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    /// By value: moved, or copied.
    Value,
    /// Captured by a closure that uses it by value: moved into it, or borrowed where it is copied.
    Captured,
    /// Called, a closure that captures nothing but what it moves when it is called, and references.
    Called,
    /// Where it is: borrowed, or read in part.
    Place,
    /// Where it is, and no borrow of it remains: compared, computed with in part, or matched by patterns that bind nothing.
    Read,
    /// As the receiver of a method, which consumes it or borrows it.
    Receiver,
    /// One of its fields by value.
    Part(usize),
    /// One of its fields as a receiver.
    PartReceiver(usize),
    /// One of its fields is assigned to as a whole.
    PartAssigned,
    /// What it refers to, by value: moved out of a box, or copied.
    Unboxed,
    /// Matched where it is: what each arm does is said there.
    Matched,
    /// Moved out of by a pattern.
    Bound(usize),
    /// Assigned to as a whole.
    Assigned,
    /// As it stands in a pattern's guard, before it is where it will be.
    Bare,
}

impl How {
    /// Whether no borrow remains of what stays where it is: also of a field that is copied.
    pub(crate) fn is_over(self) -> bool {
        matches!(self, Self::Read | Self::Part(_))
    }
}

/// What happens at a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    Nothing,
    Use(UseId, How),
    /// The local gets a value.
    Define(LocalId),
    /// Its scope ends.
    End(LocalId),
    Await(AwaitId),
}

#[derive(Debug)]
pub(crate) struct Point {
    pub(crate) action: Action,
    pub(crate) next: Vec<usize>,
}

/// The flow of one body.
#[derive(Debug, Default)]
pub(crate) struct Flow {
    pub(crate) points: Vec<Point>,
    /// What is used by value of locals that are not.
    pub(crate) parts: Vec<Part>,
    /// What patterns move out of locals.
    pub(crate) bindings: Vec<Binding>,
    /// The fields out of which patterns move, each as the use that names it.
    pub(crate) fields: Vec<UseId>,
    /// The fields that a use names.
    pub(crate) paths: HashMap<UseId, Vec<String>>,
    /// The uses of what stands behind a local: an element, a field, or what it refers to.
    pub(crate) behind: HashSet<UseId>,
    /// The uses at which a local, or a part of it, is computed with in place: `x += 1`.
    pub(crate) written: HashSet<UseId>,
    /// The uses as receivers of methods that numbers have, which take them by value.
    pub(crate) computing: HashSet<UseId>,
    /// The uses within closures as receivers of methods whose names say that they consume.
    consuming: HashSet<UseId>,
    /// The points behind which the body may be left, and how.
    pub(crate) exits: Vec<(usize, Exit)>,
    /// What `move` blocks and closures use no more than fields of.
    by_fields: Vec<ByFields>,
}

/// How a body is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    Returned,
    /// Through `?` or `return Err(..)`.
    Failed,
}

/// A loop or a labelled block around.
struct Target {
    label: Option<Lifetime>,
    is_loop: bool,
    breaks: Vec<usize>,
    continues: Vec<usize>,
}

struct Builder<'b> {
    locals: &'b Locals,
    nodes: &'b Nodes,
    flow: Flow,
    /// The points that lead to the next one; none where it cannot be reached.
    from: Vec<usize>,
    targets: Vec<Target>,
    /// What was defined, in order: a scope that ends ends what was defined in it.
    defined: Vec<LocalId>,
    /// All that was ever defined, in order: a jump leaves many scopes at once.
    log: Vec<LocalId>,
    /// Whether a closure's body is followed, for its uses alone.
    within_closure: bool,
    /// Whether it is within a closure that is within another.
    within_closures: bool,
}

/// Follows a body whose arguments are there from the beginning.
pub(crate) fn flow(locals: &Locals, nodes: &Nodes, arguments: &[LocalId], body: &Block) -> Flow {
    let mut builder = Builder {
        locals,
        nodes,
        flow: Flow::default(),
        from: Vec::new(),
        targets: Vec::new(),
        defined: Vec::new(),
        log: Vec::new(),
        within_closure: false,
        within_closures: false,
    };
    builder.flow.points.push(Point { action: Action::Nothing, next: Vec::new() });
    builder.from.push(0);
    for argument in arguments {
        builder.emit(Action::Define(*argument));
    }
    builder.block(body);
    builder.exit(Exit::Returned);
    by_fields::decide(&mut builder.flow, locals);
    builder.flow
}

impl Builder<'_> {
    fn emit(&mut self, action: Action) {
        let id = self.flow.points.len();
        self.flow.points.push(Point { action, next: Vec::new() });
        for from in std::mem::replace(&mut self.from, vec![id]) {
            self.flow.points[from].next.push(id);
        }
        self.note(action);
    }

    fn note(&mut self, action: Action) {
        if let Action::Define(local) = action {
            self.defined.push(local);
            self.log.push(local);
        }
    }

    /// Unlike [`emit`](Self::emit), reachable only where something leads here.
    fn act(&mut self, action: Action) {
        if self.from.is_empty() {
            self.note(action);
        } else {
            self.emit(action);
        }
    }

    /// The body may be left here.
    fn exit(&mut self, how: Exit) {
        self.flow.exits.extend(self.from.iter().map(|from| (*from, how)));
    }

    /// Follows both, and joins them.
    fn branch(&mut self, one: impl FnOnce(&mut Self), other: impl FnOnce(&mut Self)) {
        let from = self.from.clone();
        one(self);
        let after = std::mem::replace(&mut self.from, from);
        other(self);
        self.from.extend(after);
    }

    /// What is defined within ends with it.
    fn scope(&mut self, run: impl FnOnce(&mut Self)) {
        let before = self.defined.len();
        run(self);
        self.end(before);
    }

    fn end(&mut self, before: usize) {
        let (listed, within) = self.within(before);
        self.defined.truncate(before);
        for local in within.iter().rev() {
            self.act(Action::End(*local));
        }
        self.defined.extend(listed);
    }

    /// What is there and was defined since: what ends with what it is listed in (a statement, a condition, the `let` that it is a part of), and
    /// what ends with the scope.
    fn within(&self, before: usize) -> (Vec<LocalId>, Vec<LocalId>) {
        self.defined[before..].iter().partition(|local| self.locals[**local].listed)
    }

    /// A loop: `run` is followed from the head, and leads back to it.
    fn repeat(&mut self, label: Option<&Lifetime>, run: impl FnOnce(&mut Self)) {
        self.act(Action::Nothing);
        let Some(head) = self.from.first().copied() else { return };
        self.targets.push(Target { label: label.cloned(), is_loop: true, breaks: Vec::new(), continues: Vec::new() });
        let (before, logged) = (self.defined.len(), self.log.len());
        run(self);
        let target = self.targets.pop();
        self.defined.truncate(before);
        let defined = self.log[logged..].to_vec();
        let end = |this: &mut Self| {
            for local in defined.iter().rev() {
                this.act(Action::End(*local));
            }
        };
        if let Some(target) = target {
            self.from.extend(target.continues);
            end(self);
            for from in std::mem::take(&mut self.from) {
                self.flow.points[from].next.push(head);
            }
            self.from = target.breaks;
            end(self);
        }
    }

    fn labelled(&mut self, label: Option<&Lifetime>, run: impl FnOnce(&mut Self)) {
        let (before, logged) = (self.defined.len(), self.log.len());
        if label.is_some() {
            self.targets.push(Target {
                label: label.cloned(),
                is_loop: false,
                breaks: Vec::new(),
                continues: Vec::new(),
            });
        }
        run(self);
        if label.is_some() {
            if let Some(target) = self.targets.pop() {
                self.from.extend(target.breaks);
            }
            // What is listed outside of the block is still there.
            let (outside, _) = self.within(before);
            self.defined.truncate(before);
            for local in self.log.split_off(logged).into_iter().rev() {
                if outside.contains(&local) {
                    self.log.push(local);
                } else {
                    self.act(Action::End(local));
                }
            }
            self.defined.extend(outside);
        }
        self.end(before);
    }

    fn jump(&mut self, label: Option<&Lifetime>, out: bool) {
        let from = std::mem::take(&mut self.from);
        let target = self.targets.iter_mut().rev().find(|target| match label {
            Some(label) => target.label.as_ref() == Some(label),
            None => target.is_loop,
        });
        if let Some(target) = target {
            if out { target.breaks.extend(from) } else { target.continues.extend(from) }
        }
    }
}
