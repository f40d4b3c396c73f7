//! The graph as a tree of text: under each state those that may follow it. What is drawn already is not drawn again.

use super::{Report, Row};
use crate::derive::words::End;

/// The lines.
pub(super) fn tree(report: &Report) -> Vec<String> {
    let mut tree = Tree { states: &report.states, drawn: vec![false; report.states.len()], lines: Vec::new() };
    tree.draw(report.start, "", "");
    tree.lines
}

struct Tree<'r> {
    states: &'r [Row],
    drawn: Vec<bool>,
    lines: Vec<String>,
}

impl Tree<'_> {
    /// Draws a state behind `head`, and what follows it behind `margin`.
    fn draw(&mut self, number: usize, head: &str, margin: &str) {
        let state = &self.states[number];
        if std::mem::replace(&mut self.drawn[number], true) {
            self.lines.push(format!("{head}{} (*)", state.name));
            return;
        }
        self.lines.push(format!("{head}{}{}", state.name, about(state)));
        let mut to = state.to.iter().peekable();
        while let Some(&next) = to.next() {
            let (branch, under) = if to.peek().is_some() { ("├─ ", "│  ") } else { ("└─ ", "   ") };
            self.draw(next, &format!("{margin}{branch}"), &format!("{margin}{under}"));
        }
    }
}

/// What is said behind its name.
fn about(state: &Row) -> String {
    let mut about = String::new();
    match state.end {
        Some(End::Returned) => about += ": end",
        Some(End::Failed) => about += ": end, failed",
        None => {}
    }
    let mut say = |word: &str, what: &str| {
        about += if about.is_empty() { ": " } else { ", " };
        about += &format!("{word} {what}");
    };
    if let Some(future) = &state.awaits {
        say("awaits", future);
    }
    if !state.holds.is_empty() {
        say("holds", &state.holds.join(", "));
    }
    about
}
