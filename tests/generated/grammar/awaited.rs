//! What is awaited and then taken apart, and loops that take what there is until there is no more.

use super::{Grammar, Ty};

impl Grammar {
    /// A part of what is awaited: moved, matched, gone through.
    pub(super) fn part_of_awaited(&mut self, text: &mut String) {
        let (option, number, name) = (self.option(), self.number(0), self.name("v"));
        let (value, few) = (self.value(1), self.random.below(4));
        let pair = format!("t.carry(Pair {{ one: {value}, two: t.value(2), number: {few} }}).await");
        let condition = ["", " && t.coin()", " && t.leaf(2).await > 1"][self.random.below(3) as usize];
        match self.random.below(12) {
            0 => {
                self.line(text, &format!("let {name} = {pair}.one;"));
                self.declare(name, Ty::Value, false, None);
            }
            1 => self.line(text, &format!("t.leaf({pair}.two.finish()).await;")),
            2 => {
                self.line(text, &format!("match {pair}.number {{"));
                self.indent += 1;
                let heads = ["1 => {".to_owned(), "} 2 if t.coin() => {".to_owned()];
                self.branches(text, &heads, "}", |this, text| this.statements(text));
                self.line(text, "n => t.step(format!(\"{n}\")),");
                self.indent -= 1;
                self.line(text, "}");
            }
            3 => self.with_value(
                text,
                &format!("if let Pair {{ one: {name}, number: 1..=2, .. }} = {pair}{condition} {{"),
                &name,
            ),
            4 => {
                let head = format!("if let Some({name}) = t.carry(({option}, {number})).await.0{condition} {{");
                self.with_value(text, &head, &name);
            }
            5 => {
                let left = self.number_without_moves();
                self.line(
                    text,
                    &format!("let Some({name}) = t.carry(({number}, {option})).await.1 else {{ return Ok({left}); }};"),
                );
                self.declare(name, Ty::Value, false, None);
            }
            6 => {
                let label = self.name("l");
                self.line(
                    text,
                    &format!("'{label}: for {name} in t.carry((vec![{value}, t.value(1)], t.value(6))).await.0 {{"),
                );
                self.in_loop(text, label, |this, text| {
                    this.declare(name, Ty::Value, false, None);
                    this.statements(text);
                });
                self.line(text, "}");
            }
            7 => self.with_value(text, &format!("if let (Some({name}), _) = ({option}, {value}){condition} {{"), &name),
            8 => {
                self.line(text, &format!("match ({option}, {value}) {{"));
                self.indent += 1;
                let guard = self.guard("t");
                self.line(text, &format!("(Some({name}), ..){guard} => {{"));
                self.alternative(text, &name);
                self.line(text, "(None, other) if t.coin() => { t.leaf(other.finish()).await; }");
                self.line(text, &format!("_ => {{ t.leaf({number}).await; }}"));
                self.indent -= 1;
                self.line(text, "}");
            }
            9 => {
                let label = self.name("l");
                self.line(text, &format!("'{label}: for _ in [{value}, t.value(1)] {{"));
                self.in_loop(text, label, |this, text| this.statements(text));
                self.line(text, "}");
            }
            10 => {
                self.line(text, &format!("match t.carry({option}.ok_or({number})).await {{"));
                self.indent += 1;
                let heads = ["Ok(_) => {".to_owned(), "} Err(1) => {".to_owned()];
                self.branches(text, &heads, "}", |this, text| this.statements(text));
                self.line(text, "_ => {}");
                self.indent -= 1;
                self.line(text, "}");
            }
            _ => {
                let guard = self.guard("n");
                let guard = guard.replace("n.number", "n").replace("n.look()", "n");
                self.line(text, &format!("match t.carry(({option}, {number})).await {{"));
                self.indent += 1;
                self.line(text, &format!("(Some({name}), n){guard} => {{"));
                self.alternative(text, &name);
                self.line(text, "(Some(ref some), 3..) => { t.leaf(some.look()).await; }");
                self.line(text, "(_, n) => t.step(format!(\"{n}\")),");
                self.indent -= 1;
                self.line(text, "}");
            }
        }
    }

    /// A loop that takes values out of something.
    pub(super) fn drained(&mut self, text: &mut String) {
        let (value, name, label) = (self.value(1), self.name("v"), self.name("l"));
        let (all, used) = (format!("i{}", self.names), self.number_without_moves());
        self.names += 1;
        let heads = [
            format!("while let Some({name}) = {all}.next() {{"),
            format!("while let Some({name}) = t.carry({all}.next()).await {{"),
            format!("while let Some({name}) = {all}.next() && t.leaf({name}.number).await < 8 {{"),
            format!("while let Some({name}) = {all}.next() && {used} != 3 {{"),
            format!("while let (Some({name}), 0..7) = ({all}.next(), t.leaf(1).await) {{"),
            format!("for ({name}, _) in {all}.by_ref().zip(0..t.dice(3)) {{"),
        ];
        let head = &heads[self.random.below(6) as usize];
        self.line(text, "{");
        self.indent += 1;
        self.line(text, &format!("let mut {all} = vec![{value}, t.value(2), t.value(3)].into_iter();"));
        self.line(text, &format!("'{label}: {head}"));
        self.in_loop(text, label, |this, text| {
            this.declare(name, Ty::Value, false, None);
            this.statements(text);
        });
        self.line(text, "}");
        if self.random.chance(50) {
            self.line(text, &format!("t.leaf({all}.map(|v| v.finish()).max().unwrap_or(4)).await;"));
        }
        self.indent -= 1;
        self.line(text, "}");
    }

    /// A head with a value that is there in its block, which may not be run.
    fn with_value(&mut self, text: &mut String, head: &str, name: &str) {
        self.line(text, head);
        self.alternative(text, name);
    }

    /// A block with a value, which may not be run.
    fn alternative(&mut self, text: &mut String, name: &str) {
        let before: Vec<bool> = self.variables.iter().map(|variable| variable.moved).collect();
        self.block(text, |this, text| {
            this.declare(name.to_owned(), Ty::Value, false, None);
            this.statements(text);
        });
        self.line(text, "}");
        self.perhaps_moved(&before);
    }
}
