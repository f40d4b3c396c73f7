//! Bodies over the grammar, as text: each is a program that the borrow checker accepts.

mod awaited;
mod closure;
mod compound;
mod expression;
mod part;
mod places;
mod statement;
mod within;

use std::fmt::Write;

use crate::random::Random;

/// What a variable is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ty {
    /// A number, which is `Copy`.
    Number,
    /// A value with a destructor.
    Value,
    /// Perhaps a value.
    Option,
    /// A borrowed value.
    Reference,
}

#[derive(Debug, Clone)]
struct Variable {
    name: String,
    ty: Ty,
    mutable: bool,
    /// Moved, or perhaps.
    moved: bool,
    /// How many references are in scope.
    borrowed: u32,
    /// How many loops are around its declaration.
    loops: u32,
    /// What it refers to.
    of: Option<usize>,
}

/// A generator of one body.
pub(crate) struct Grammar {
    random: Random,
    variables: Vec<Variable>,
    names: u32,
    loops: u32,
    labels: Vec<String>,
    /// Statements and expressions that may still be made.
    budget: u32,
    indent: usize,
    /// Within an operand before which something is borrowed: nothing may be moved or changed.
    frozen: bool,
}

/// The body of a seed: `async fn(t: Script, a: Value, n: u32) -> Result<u32, Failure>`. The budget bounds its size.
pub(crate) fn body(seed: u64, budget: u32) -> String {
    let mut grammar = Grammar {
        random: Random::new(seed),
        variables: Vec::new(),
        names: 0,
        loops: 0,
        labels: Vec::new(),
        budget,
        indent: 1,
        frozen: false,
    };
    grammar.declare("a".to_owned(), Ty::Value, false, None);
    grammar.declare("n".to_owned(), Ty::Number, false, None);
    let mut text = String::new();
    grammar.statements(&mut text);
    let tail = grammar.number(2);
    let _ = writeln!(text, "    Ok({tail})");
    text
}

impl Grammar {
    fn declare(&mut self, name: String, ty: Ty, mutable: bool, of: Option<usize>) {
        if let Some(of) = of {
            self.variables[of].borrowed += 1;
        }
        self.variables.push(Variable { name, ty, mutable, moved: false, borrowed: 0, loops: self.loops, of });
    }

    fn name(&mut self, what: &str) -> String {
        // Sometimes an old name again: shadowing.
        if self.names > 2 && self.random.chance(15) {
            let old = self.random.below(self.names);
            return format!("{what}{old}");
        }
        self.names += 1;
        format!("{what}{}", self.names - 1)
    }

    fn line(&self, text: &mut String, line: &str) {
        let _ = writeln!(text, "{}{line}", "    ".repeat(self.indent));
    }

    fn spend(&mut self) -> bool {
        let left = self.budget > 0;
        self.budget = self.budget.saturating_sub(1);
        left
    }

    /// Variables of a type that may be used as asked, the visible ones.
    fn pick(&mut self, ty: Ty, usable: impl Fn(&Variable) -> bool) -> Option<usize> {
        let visible = |index: usize, variable: &Variable, all: &[Variable]| {
            !all[index + 1..].iter().any(|later| later.name == variable.name)
        };
        let found: Vec<usize> = (0..self.variables.len())
            .filter(|index| {
                let variable = &self.variables[*index];
                variable.ty == ty && !variable.moved && visible(*index, variable, &self.variables) && usable(variable)
            })
            .collect();
        if found.is_empty() { None } else { Some(found[self.random.below(found.len() as u32) as usize]) }
    }

    /// A block: what it declares is gone behind it.
    fn block(&mut self, text: &mut String, inner: impl FnOnce(&mut Self, &mut String)) {
        let outer = self.variables.len();
        self.indent += 1;
        inner(self, text);
        self.indent -= 1;
        while self.variables.len() > outer {
            if let Some(of) = self.variables.pop().and_then(|variable| variable.of) {
                self.variables[of].borrowed -= 1;
            }
        }
    }

    /// Alternatives: what one of them moves is perhaps moved.
    fn branches(&mut self, text: &mut String, heads: &[String], last: &str, inner: impl Fn(&mut Self, &mut String)) {
        let before: Vec<bool> = self.variables.iter().map(|variable| variable.moved).collect();
        let mut moved = before.clone();
        for head in heads {
            self.line(text, head);
            for (variable, before) in self.variables.iter_mut().zip(&before) {
                variable.moved = *before;
            }
            self.block(text, |this, text| inner(this, text));
            for (moved, variable) in moved.iter_mut().zip(&self.variables) {
                *moved |= variable.moved;
            }
        }
        self.line(text, last);
        for (variable, moved) in self.variables.iter_mut().zip(moved) {
            variable.moved = moved;
        }
    }
}
