//! Closures and `async` blocks: what they use of the locals around them they capture where they are made.

use syn::{ExprAsync, ExprClosure};

use super::{Action, Builder, Flow, How, Point};
use crate::future::local::{LocalId, UseId};

/// What is captured: the local, its first use within, whether anything within uses it by value, whether all of it is moved, and whether
/// all that is done with it is to call one method of it, which may consume it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Capture {
    local: LocalId,
    first: UseId,
    by_value: bool,
    by_move: bool,
    is_receiver: bool,
    /// Whether the name of that method says that it does.
    is_consumed: bool,
}

impl Builder<'_> {
    pub(super) fn closure(&mut self, closure: &ExprClosure) {
        let is_inner = self.within_closure;
        self.captures(closure.capture.is_some(), is_inner, |this| this.value(&closure.body));
    }

    pub(super) fn async_block(&mut self, block: &ExprAsync) {
        self.captures(block.capture.is_some(), false, |this| this.plain_block(&block.block));
    }

    /// A macro that makes an `async move` block of its tokens.
    pub(super) fn captured_by(&mut self, mac: &syn::Macro) {
        self.captures(true, false, |this| this.mentioned(&mac.tokens));
    }

    /// Of an inner closure no method is asked.
    fn captured(&mut self, capture: Capture, inner: &Flow, is_inner: bool) {
        let Capture { local, first, by_value, by_move, is_receiver, .. } = capture;
        let how = match by_value {
            true if by_move => return self.moved(local, first, inner),
            true => How::Captured,
            false if is_receiver && !is_inner => How::Receiver,
            false => match self.moved_part(local, inner) {
                Some((id, number)) => return self.act(Action::Use(id, How::Part(number))),
                None => return self.borrowed_parts(local, inner),
            },
        };
        self.act(Action::Use(first, how));
    }

    /// The one part of a local that is used within, always by value: it goes along, as natively, or is a number, of which a copy does.
    fn moved_part(&mut self, local: LocalId, inner: &Flow) -> Option<(UseId, usize)> {
        let uses = inner.points.iter().filter_map(|point| match point.action {
            Action::Use(id, how) if self.locals.used(id) == local => Some((id, how)),
            _ => None,
        });
        let uses: Vec<_> = uses.collect();
        let &(id, How::Part(number)) = uses.first()? else { return None };
        let part = &inner.parts[number];
        if !part.left.is_empty() || uses.iter().any(|(_, how)| *how != How::Part(number)) {
            return None;
        }
        let number = self.flow.numbered(part.clone());
        self.flow.paths.insert(id, part.path.clone());
        Some((id, number))
    }

    /// What is only borrowed is borrowed part by part.
    fn borrowed_parts(&mut self, local: LocalId, inner: &Flow) {
        for point in &inner.points {
            let Action::Use(id, _) = point.action else { continue };
            if self.locals.used(id) == local {
                if let Some(path) = inner.paths.get(&id) {
                    self.flow.paths.insert(id, path.clone());
                }
                self.act(Action::Use(id, How::Place));
            }
        }
    }

    /// Follows the body of a closure for its uses alone.
    fn captures(&mut self, all_by_value: bool, is_inner: bool, run: impl FnOnce(&mut Self)) {
        let flow = std::mem::take(&mut self.flow);
        let from = std::mem::replace(&mut self.from, vec![0]);
        let targets = std::mem::take(&mut self.targets);
        let defined = self.defined.len();
        let within_closure = std::mem::replace(&mut self.within_closure, true);
        let within_closures = std::mem::replace(&mut self.within_closures, within_closure);
        self.flow.points.push(Point { action: Action::Nothing, next: Vec::new() });
        run(self);
        let inner = std::mem::replace(&mut self.flow, flow);
        // Closures capture whole locals: their parts are not moved one by one.
        self.from = from;
        self.within_closure = within_closure;
        self.within_closures = within_closures;
        self.targets = targets;
        self.defined.truncate(defined);
        for capture in self.gather(&inner, all_by_value, is_inner) {
            self.captured(capture, &inner, is_inner);
        }
    }

    fn gather(&self, inner: &Flow, all_by_value: bool, is_inner: bool) -> Vec<Capture> {
        let mut captures: Vec<Capture> = Vec::new();
        for point in &inner.points {
            let Action::Use(id, how) = point.action else { continue };
            let local = self.locals.used(id);
            // Without `move`, what is used by value is moved in by its last use, whatever else is done with it within: it is borrowed
            // where it is used again, and so is `Copy`.
            let by_value = all_by_value || matches!(how, How::Value | How::Captured);
            // Of what more is done with than to call a method, that cannot be asked: it goes by its name.
            let consumed = inner.consuming.contains(&id);
            match captures.iter_mut().find(|capture| capture.local == local) {
                Some(known) => {
                    known.by_value |= by_value || consumed || known.is_consumed;
                    known.is_receiver = false;
                }
                None => captures.push(Capture {
                    local,
                    first: id,
                    by_value: by_value || consumed && is_inner,
                    by_move: all_by_value,
                    is_receiver: how == How::Receiver,
                    is_consumed: consumed,
                }),
            }
        }
        captures
    }
}
