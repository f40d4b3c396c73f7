//! Bodies over the grammar, as text: each is a program that the borrow checker accepts.

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

    fn statements(&mut self, text: &mut String) {
        for _ in 0..=self.random.below(4) {
            if !self.spend() {
                return;
            }
            self.statement(text);
        }
    }

    fn statement(&mut self, text: &mut String) {
        match self.random.below(27) {
            0..=2 => {
                let value = self.number(2);
                let (name, mutable) = (self.name("x"), self.random.chance(60));
                self.line(text, &format!("let {}{name} = {value};", if mutable { "mut " } else { "" }));
                self.declare(name, Ty::Number, mutable, None);
            }
            3..=5 => {
                let value = self.value(2);
                let (name, mutable) = (self.name("v"), self.random.chance(60));
                self.line(text, &format!("let {}{name} = {value};", if mutable { "mut " } else { "" }));
                self.declare(name, Ty::Value, mutable, None);
            }
            6 => {
                let option = self.option();
                let name = self.name("o");
                self.line(text, &format!("let {name} = {option};"));
                self.declare(name, Ty::Option, false, None);
            }
            7 => {
                if let Some(of) = self.pick(Ty::Value, |_| true) {
                    let base = self.variables[of].name.clone();
                    let name = self.name("r");
                    self.line(text, &format!("let {name} = &{base};"));
                    self.declare(name, Ty::Reference, false, Some(of));
                }
            }
            8 | 9 => {
                let loops = self.loops;
                if let Some(index) = self.pick(Ty::Number, |variable| variable.mutable && variable.borrowed == 0) {
                    let name = self.variables[index].name.clone();
                    let value = self.number(2);
                    let op = ["=", "+=", "^="][self.random.below(3) as usize];
                    let _ = loops;
                    self.line(text, &format!("{name} {op} {value};"));
                }
            }
            10 => {
                if let Some(index) = self.pick(Ty::Value, |variable| variable.mutable && variable.borrowed == 0) {
                    let name = self.variables[index].name.clone();
                    let value = self.value(2);
                    if !self.variables.get(index).is_some_and(|variable| variable.moved && variable.loops < self.loops)
                    {
                        self.line(text, &format!("{name} = {value};"));
                        self.variables[index].moved = false;
                    }
                }
            }
            11 | 12 => {
                let value = self.number(3);
                self.line(text, &format!("let _ = {value};"));
            }
            13 => {
                let number = self.random.below(9);
                self.line(text, &format!("t.leaf({number}).await;"));
            }
            14 => {
                if let Some(index) = self.movable() {
                    let name = self.variables[index].name.clone();
                    self.variables[index].moved = true;
                    self.line(text, &format!("drop({name});"));
                }
            }
            15 | 16 => {
                let condition = self.condition();
                if self.random.chance(60) {
                    let heads = [format!("if {condition} {{"), "} else {".to_owned()];
                    self.branches(text, &heads, "}", |this, text| this.statements(text));
                } else {
                    let heads =
                        [format!("if {condition} {{"), "} else if t.coin() {".to_owned(), "} else {".to_owned()];
                    self.branches(text, &heads, "}", |this, text| this.statements(text));
                }
            }
            17 => {
                let sides = 2 + self.random.below(2);
                let scrutinee = if self.random.chance(40) {
                    format!("t.leaf(t.dice({sides})).await")
                } else {
                    format!("t.dice({sides})")
                };
                self.line(text, &format!("match {scrutinee} {{"));
                self.indent += 1;
                let mut heads = vec![format!("0{} => {{", self.guard("t"))];
                heads.extend((1..sides).map(|side| format!("}} {side}{} => {{", self.guard("t"))));
                self.branches(text, &heads, "}", |this, text| this.statements(text));
                self.line(text, "_ => {}");
                self.indent -= 1;
                self.line(text, "}");
            }
            18 => {
                let option = self.option();
                let name = self.name("v");
                let borrowed = self.random.chance(40);
                let head = if borrowed {
                    format!("if let Some({name}) = &{option} {{")
                } else {
                    format!("if let Some({name}) = {option} {{")
                };
                let before: Vec<bool> = self.variables.iter().map(|variable| variable.moved).collect();
                self.line(text, &head);
                self.block(text, |this, text| {
                    this.declare(name, if borrowed { Ty::Reference } else { Ty::Value }, false, None);
                    this.statements(text);
                });
                self.line(text, "}");
                for (variable, before) in self.variables.iter_mut().zip(before) {
                    variable.moved |= before;
                }
            }
            26 => {
                // What is matched is looked at by the guard before it is moved.
                let (option, name) = (self.option(), self.name("v"));
                let guard = self.guard(&name);
                let before: Vec<bool> = self.variables.iter().map(|variable| variable.moved).collect();
                self.line(text, &format!("match {option} {{"));
                self.indent += 1;
                self.line(text, &format!("Some({name}){guard} => {{"));
                self.block(text, |this, text| {
                    this.declare(name, Ty::Value, false, None);
                    this.statements(text);
                });
                self.line(text, "}");
                for (variable, before) in self.variables.iter_mut().zip(&before) {
                    variable.moved |= before;
                }
                self.line(text, "Some(other) => t.step(format!(\"other {}\", other.look())),");
                self.line(text, "None => t.step(\"none\"),");
                self.indent -= 1;
                self.line(text, "}");
            }
            19 => self.counted(text),
            20 => {
                let label = self.name("l");
                let count = 1 + self.random.below(3);
                let (head, value) = match self.random.below(3) {
                    0 => (format!("'{label}: for i in 0..{count}_u32 {{"), Ty::Number),
                    1 => (format!("'{label}: for i in vec![t.value(1), t.value(2)] {{"), Ty::Value),
                    _ => (format!("'{label}: for i in t.carry([t.value(3)]).await.iter() {{"), Ty::Reference),
                };
                self.line(text, &head);
                self.in_loop(text, label, |this, text| {
                    this.declare("i".to_owned(), value, false, None);
                    this.statements(text);
                });
                self.line(text, "}");
            }
            21 => {
                self.line(text, "{");
                self.block(text, |this, text| this.statements(text));
                self.line(text, "}");
            }
            22 if self.loops > 0 => {
                let label = self.labels[self.random.below(self.labels.len() as u32) as usize].clone();
                let word = if self.random.chance(50) { "break" } else { "continue" };
                self.line(text, &format!("if t.coin() {{ {word} '{label}; }}"));
            }
            23 => {
                let value = self.number_without_moves();
                self.line(text, &format!("if t.dice(8) == 0 {{ return Ok({value}); }}"));
            }
            24 => {
                let (number, name) = (self.random.below(9), self.name("x"));
                let value = if self.random.chance(50) {
                    format!("t.fallible({number})?")
                } else {
                    format!("t.carry(t.fallible({number})).await?")
                };
                self.line(text, &format!("let {name} = {value};"));
                self.declare(name, Ty::Number, false, None);
            }
            _ => {
                let (one, other) = (self.name("v"), self.name("x"));
                if one != other {
                    let (value, number) = (self.value(1), self.number(1));
                    self.line(text, &format!("let (mut {one}, {other}) = ({value}, {number});"));
                    self.declare(one, Ty::Value, true, None);
                    self.declare(other, Ty::Number, false, None);
                }
            }
        }
    }

    fn in_loop(&mut self, text: &mut String, label: String, inner: impl FnOnce(&mut Self, &mut String)) {
        self.loops += 1;
        self.labels.push(label);
        self.block(text, inner);
        self.labels.pop();
        self.loops -= 1;
    }

    fn counted(&mut self, text: &mut String) {
        let (counter, label) = (format!("c{}", self.names), self.name("l"));
        self.names += 1;
        let end = 1 + self.random.below(3);
        self.line(text, &format!("let mut {counter} = 0_u32;"));
        let head = match self.random.below(3) {
            0 => format!("'{label}: while {counter} < {end} {{"),
            1 => format!("'{label}: while t.leaf({counter}).await < {end} {{"),
            _ => format!("'{label}: loop {{"),
        };
        let endless = head.ends_with("loop {");
        self.line(text, &head);
        self.in_loop(text, label, |this, text| {
            this.line(text, &format!("{counter} += 1;"));
            if endless {
                this.line(text, &format!("if {counter} > {end} {{ break; }}"));
            }
            this.statements(text);
        });
        self.line(text, "}");
    }

    /// A value that may be moved here.
    fn movable(&mut self) -> Option<usize> {
        let (loops, frozen) = (self.loops, self.frozen);
        self.pick(Ty::Value, |variable| !frozen && variable.borrowed == 0 && variable.loops == loops)
    }

    fn condition(&mut self) -> String {
        match self.random.below(7) {
            0 | 1 => "t.coin()".to_owned(),
            2 => format!("({}) < {}", self.number_without_moves(), self.random.below(9)),
            3 => format!("t.leaf({}).await == 1 || t.coin()", self.random.below(3)),
            4 => format!("t.coin() && t.leaf({}).await > 1", self.random.below(4)),
            5 => match self.movable() {
                // Moved where the left side holds, and there alone.
                Some(index) => {
                    self.variables[index].moved = true;
                    format!("t.coin() && {}.finish() > 3", self.variables[index].name)
                }
                None => "t.coin()".to_owned(),
            },
            _ => "!t.coin()".to_owned(),
        }
    }

    /// The guard of an arm, or none; `seen` is what it may look at.
    fn guard(&mut self, seen: &str) -> String {
        let number = self.random.below(4);
        let leaf = if seen == "t" { number.to_string() } else { format!("{seen}.number") };
        match self.random.below(6) {
            0 => " if t.coin()".to_owned(),
            1 => format!(" if t.leaf({leaf}).await > {number}"),
            2 => format!(" if t.coin() && t.leaf({leaf}).await > {number}"),
            3 if seen != "t" => format!(" if {{ t.leaf({leaf}).await; {seen}.look() > {number} }}"),
            _ => String::new(),
        }
    }

    fn option(&mut self) -> String {
        if self.random.chance(30) {
            let (loops, frozen) = (self.loops, self.frozen);
            if let Some(index) =
                self.pick(Ty::Option, |variable| !frozen && variable.loops == loops && variable.borrowed == 0)
            {
                self.variables[index].moved = true;
                return self.variables[index].name.clone();
            }
        }
        let value = self.value(1);
        match self.random.below(3) {
            0 => format!("Some({value})"),
            1 => format!("t.carry(Some({value})).await"),
            _ => format!("t.coin().then(|| t.value({}))", self.random.below(9)),
        }
    }

    fn value(&mut self, depth: u32) -> String {
        if depth == 0 || !self.spend() {
            return format!("t.value({})", self.random.below(9));
        }
        match self.random.below(9) {
            0..=2 => format!("t.value({})", self.random.below(9)),
            3 | 4 => match self.movable() {
                Some(index) => {
                    self.variables[index].moved = true;
                    self.variables[index].name.clone()
                }
                None => "t.value(7)".to_owned(),
            },
            5 => format!("t.carry({}).await", self.value(depth - 1)),
            6 => {
                let value = self.value(depth - 1);
                format!("{value}.with({})", self.number(0))
            }
            7 => format!("t.carry({}).await.with(2)", self.value(depth - 1)),
            _ => {
                let before: Vec<bool> = self.variables.iter().map(|variable| variable.moved).collect();
                let one = self.value(depth - 1);
                let after: Vec<bool> = self.variables.iter().map(|variable| variable.moved).collect();
                for (variable, before) in self.variables.iter_mut().zip(&before) {
                    variable.moved = *before;
                }
                let other = self.value(depth - 1);
                for (variable, after) in self.variables.iter_mut().zip(after) {
                    variable.moved |= after;
                }
                format!("(if t.coin() {{ {one} }} else {{ {other} }})")
            }
        }
    }

    fn number_without_moves(&mut self) -> String {
        let frozen = std::mem::replace(&mut self.frozen, true);
        let number = self.number(1);
        self.frozen = frozen;
        number
    }

    fn number(&mut self, depth: u32) -> String {
        if depth == 0 || !self.spend() {
            return match self.pick(Ty::Number, |_| true) {
                Some(index) if self.random.chance(60) => self.variables[index].name.clone(),
                _ => format!("{}_u32", self.random.below(9)),
            };
        }
        match self.random.below(20) {
            0 | 1 => self.number(0),
            2..=4 => format!("t.leaf({}).await", self.number(depth - 1)),
            5 => {
                let one = self.number(depth - 1);
                format!("{one}.wrapping_add({})", self.number(depth - 1))
            }
            6 => {
                let one = self.number(depth - 1);
                format!("({one} ^ {})", self.number(depth - 1))
            }
            7 => match self.pick(Ty::Value, |_| true) {
                Some(index) => format!("{}.look()", self.variables[index].name),
                None => "3_u32".to_owned(),
            },
            8 => match self.pick(Ty::Reference, |_| true) {
                Some(index) => format!("{}.look()", self.variables[index].name),
                None => "4_u32".to_owned(),
            },
            9 => match self.movable() {
                Some(index) => {
                    self.variables[index].moved = true;
                    let how = ["finish()", "send().await", "with(1).send().await", "with(2).finish()"]
                        [self.random.below(4) as usize];
                    format!("{}.{how}", self.variables[index].name)
                }
                None => "5_u32".to_owned(),
            },
            10 => {
                let frozen = self.frozen;
                match self.pick(Ty::Value, |variable| !frozen && variable.mutable && variable.borrowed == 0) {
                    Some(index) => {
                        let how = ["wait().await", "change(1).look()", "change(2).wait().await"]
                            [self.random.below(3) as usize];
                        format!("{}.{how}", self.variables[index].name)
                    }
                    None => "6_u32".to_owned(),
                }
            }
            11 => match self.pick(Ty::Value, |_| true) {
                Some(index) => format!("{}.detached().await", self.variables[index].name),
                None => "7_u32".to_owned(),
            },
            12 => {
                let value = self.value(depth - 1);
                let how = ["look()", "finish()", "wait().await", "detached().await", "send().await", "number"]
                    [self.random.below(6) as usize];
                // A name would be a place: in braces it is moved out.
                let value = if value.chars().all(char::is_alphanumeric) { format!("({{ {value} }})") } else { value };
                format!("{value}.{how}")
            }
            13 => {
                let one = self.value(depth - 1);
                let two = self.number(depth - 1);
                let three = self.value(depth - 1);
                format!("three({one}, {two}, &{three})")
            }
            14 => {
                let number = self.random.below(4);
                format!("t.carry(t.fallible({number})).await?")
            }
            15 => {
                let condition = self.condition();
                let one = self.number_without_moves();
                let other = self.number_without_moves();
                format!("(if {condition} {{ {one} }} else {{ {other} }})")
            }
            16 => {
                let number = self.number(depth - 1);
                format!("(format!(\"{{}}\", {number}).len() as u32)")
            }
            17 => match self.pick(Ty::Number, |_| true) {
                Some(index) => format!("[1, 2].iter().map(|i| i ^ {}).sum::<u32>()", self.variables[index].name),
                None => "8_u32".to_owned(),
            },
            18 => {
                let number = self.number_without_moves();
                format!("(match t.dice(3) {{ 0 => t.leaf(1).await, 1 => {number}, other => other }})")
            }
            _ => match self.pick(Ty::Value, |_| true) {
                Some(index) => {
                    let name = &self.variables[index].name;
                    format!("async {{ t.leaf({name}.number).await }}.await")
                }
                None => "9_u32".to_owned(),
            },
        }
    }
}
