//! What may follow an await: the next ones, or the end.

use super::{Action, Exit, Flow};
use crate::future::local::AwaitId;

impl Flow {
    /// The states that may follow each state, as numbers: of `Unresumed`, then of each of the awaits, in their order. A panic is possible
    /// everywhere, and in none.
    pub(crate) fn successors(&self, awaits: usize) -> Vec<Vec<usize>> {
        let mut successors = vec![Vec::new(); awaits + 1];
        successors[0] = self.after(0, awaits);
        for (id, point) in self.points.iter().enumerate() {
            if let Action::Await(AwaitId(number)) = point.action {
                successors[number] = self.after(id, awaits);
            }
        }
        successors
    }

    fn after(&self, start: usize, awaits: usize) -> Vec<usize> {
        let mut found = Vec::new();
        let mut seen = vec![false; self.points.len()];
        let mut work = vec![start];
        while let Some(id) = work.pop() {
            for (_, exit) in self.exits.iter().filter(|(from, _)| *from == id) {
                found.push(awaits + if *exit == Exit::Returned { 1 } else { 2 });
            }
            for next in &self.points[id].next {
                match self.points[*next].action {
                    Action::Await(AwaitId(number)) => found.push(number),
                    _ if !seen[*next] => {
                        seen[*next] = true;
                        work.push(*next);
                    }
                    _ => {}
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}
