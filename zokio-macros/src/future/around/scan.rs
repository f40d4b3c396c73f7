//! Which braces of a text are open at a place in it, and what stands before each.

use super::code::literal;

/// What has been seen of a text so far. Functions are expanded in their order, as a rule, so that each text is looked through once.
#[derive(Default)]
pub(super) struct Scan {
    at: usize,
    /// The braces that are still open.
    pub(super) open: Vec<Open>,
    /// What stands behind the last semicolon or block: the beginning of what comes next.
    head: String,
    /// How many parentheses and brackets are open in that.
    nested: usize,
}

/// A brace that is open.
pub(super) struct Open {
    /// What stands before it.
    pub(super) head: String,
    /// How many parentheses and brackets are open in that.
    nested: usize,
    /// Whether the braces are a part of what they stand in, which goes on behind them: a length, or an argument.
    within: bool,
}

impl Scan {
    /// Goes on to the end of this part of the text.
    pub(super) fn reach(&mut self, text: &str) {
        if self.at > text.len() {
            *self = Self::default();
        }
        while let Some(first) = text[self.at..].chars().next() {
            let begins = matches!(first, '/' | 'r' | 'b' | 'c' | '"' | '\'');
            let skipped = if begins { literal(&text[self.at..]) } else { 0 };
            if skipped > 0 {
                // What was a literal or a comment is nothing that a head consists of, but separates.
                self.head.push(' ');
                self.at += skipped;
                continue;
            }
            match first {
                '{' => {
                    let within =
                        self.nested > 0 || self.head.trim_end().ends_with([',', '<']) && is_generic(&self.head);
                    let (head, nested) = (std::mem::take(&mut self.head), std::mem::take(&mut self.nested));
                    self.open.push(Open { head, nested, within });
                }
                '}' => {
                    (self.head, self.nested) = match self.open.pop() {
                        Some(Open { head, nested, within: true }) => (head + "{}", nested),
                        _ => (String::new(), 0),
                    };
                }
                // Not that of an array's type.
                ';' if self.nested == 0 => self.head.clear(),
                other => {
                    match other {
                        '(' | '[' => self.nested += 1,
                        ')' | ']' => self.nested = self.nested.saturating_sub(1),
                        _ => {}
                    }
                    self.head.push(other);
                }
            }
            self.at += first.len_utf8();
        }
    }
}

/// Whether a `<` is still open: a comma behind it does not end a clause.
fn is_generic(head: &str) -> bool {
    let mut before = ' ';
    let mut depth = 0_i32;
    for c in head.chars() {
        match c {
            '<' => depth += 1,
            '>' if !matches!(before, '-' | '=') => depth -= 1,
            _ => {}
        }
        before = c;
    }
    depth > 0
}
