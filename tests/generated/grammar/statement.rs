//! Statements.

use super::{Grammar, Ty};

impl Grammar {
    pub(super) fn statements(&mut self, text: &mut String) {
        for _ in 0..=self.random.below(4) {
            if !self.spend() {
                return;
            }
            self.statement(text);
        }
    }

    fn statement(&mut self, text: &mut String) {
        match self.random.below(46) {
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
                if let Some(index) = self.pick(Ty::Number, |variable| variable.mutable && variable.borrowed == 0) {
                    let name = self.variables[index].name.clone();
                    let value = self.number(2);
                    let op = ["=", "+=", "^="][self.random.below(3) as usize];
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
            27..=30 => self.closure(text),
            31..=33 => self.part(text),
            36..=45 => self.compound(text),
            34 => {
                let (one, other) = (self.name("x"), self.name("x"));
                if one != other {
                    let (first, second) = (self.number(0), self.number(0));
                    let joined = format!("zokio::join!(t.leaf({first}), t.carry({second}))");
                    self.line(text, &format!("let ({one}, {other}) = {joined};"));
                    self.declare(one, Ty::Number, false, None);
                    self.declare(other, Ty::Number, false, None);
                }
            }
            35 => {
                let (option, name, number) = (self.option(), self.name("v"), self.number_without_moves());
                self.line(text, &format!("let Some({name}) = {option} else {{ return Ok({number}); }};"));
                self.declare(name, Ty::Value, false, None);
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

    pub(super) fn in_loop(&mut self, text: &mut String, label: String, inner: impl FnOnce(&mut Self, &mut String)) {
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
}
