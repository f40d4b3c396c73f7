//! What depends on what stands around it: values of an expected type, temporaries, blocks and loops with values, futures that are kept.

use super::{Grammar, Ty};

impl Grammar {
    /// A statement of such a kind.
    pub(super) fn compound(&mut self, text: &mut String) {
        match self.random.below(31) {
            0 => {
                let Some(of) = self.pick(Ty::Value, |_| true) else { return };
                let of = &self.variables[of].name;
                let lines = [
                    format!("let d: &dyn Looks = &{of};"),
                    "t.leaf(d.looks()).await;".to_owned(),
                    "t.step(format!(\"{}\", d.looks()));".to_owned(),
                ];
                self.within_braces(text, &lines);
            }
            1 => {
                let (value, how) =
                    (self.value(1), ["t.leaf(b.looks()).await;", "drop(b);"][self.random.below(2) as usize]);
                let lines = [
                    format!("let b: Box<dyn Looks> = Box::new({value});"),
                    "t.leaf(b.looks()).await;".to_owned(),
                    how.to_owned(),
                ];
                self.within_braces(text, &lines);
            }
            2 => {
                let (one, two) = (self.number(1), self.number(1));
                self.number_of(text, &format!("sum(&[{one}, {two}, t.value(3).number])"));
            }
            3 => {
                let (one, two) = (self.value(1), self.value(1));
                self.number_of(text, &format!("told(&{one}) ^ told(&{two})"));
            }
            4 => {
                let label = self.name("l");
                let (condition, left) = (self.condition(), self.number_without_moves());
                let value = self.number(1);
                self.number_of(text, &format!("'{label}: {{ if {condition} {{ break '{label} {left}; }} {value} }}"));
            }
            5 => {
                let (end, leaf) = (1 + self.random.below(3), self.number_without_moves());
                let looped = format!(
                    "{{ let mut c = 0_u32; loop {{ c += 1; if c > {end} {{ break t.leaf(c).await; }} t.step(format!(\"{{}}\", {leaf})); }} }}"
                );
                self.number_of(text, &looped);
            }
            6 => {
                let Some(index) = self.movable() else { return };
                self.variables[index].moved = true;
                let (value, g) = (self.variables[index].name.clone(), format!("g{}", self.names));
                self.names += 1;
                self.line(
                    text,
                    &format!("let s = t.clone(); let {g} = async move {{ s.leaf({value}.look()).await }};"),
                );
                self.statements(text);
                if self.random.chance(70) {
                    self.number_of(text, &format!("{g}.await"));
                }
            }
            7 => self.pair_of_patterns(text),
            8 => {
                let (number, value) = (self.number(0), self.value(1));
                let how = ["matches", "split"][self.random.below(2) as usize];
                self.number_of(text, &format!("({number}).to_string().{how}(&text(&{value})).count() as u32"));
            }
            9 => self.side_by_side(text),
            12 | 13 => self.message(text),
            14 => self.futures_of_a_closure(text),
            15 | 16 => self.closures_within(text),
            17..=19 => self.part_of_awaited(text),
            20 | 21 => self.drained(text),
            22 | 23 => self.emptied(text),
            24 => self.boxed(text),
            25 | 26 => self.assigned(text),
            27 => self.declared_first(text),
            28 => self.several(text),
            29 => self.ways_out(text),
            10 => self.updated(text),
            11 => {
                let Some(index) = self.movable() else { return };
                self.variables[index].moved = true;
                let (value, f) = (self.variables[index].name.clone(), format!("f{}", self.names));
                self.names += 1;
                self.line(text, &format!("let {f} = || {value}.finish();"));
                self.statements(text);
                self.number_of(text, &format!("{f}()"));
            }
            _ => {
                let (option, name) = (self.option(), self.name("v"));
                let before: Vec<bool> = self.variables.iter().map(|variable| variable.moved).collect();
                self.line(text, &format!("if let Some({name}) = {option} && t.leaf({name}.number).await > 2 {{"));
                self.block(text, |this, text| {
                    this.declare(name, Ty::Value, false, None);
                    this.statements(text);
                });
                self.line(text, "}");
                self.perhaps_moved(&before);
            }
        }
    }

    /// Values that are there together until one is moved: between, the body may be left.
    fn side_by_side(&mut self, text: &mut String) {
        // Names that nothing else has: the one that is moved is known no more.
        let unique = |name: String| format!("{name}_{}", text.len());
        let (one, two) = (unique(self.name("v")), unique(self.name("w")));
        let (value, number) = (self.value(1), self.number_without_moves());
        let left = [
            format!("if t.coin() {{ return Ok({number}); }}"),
            format!("t.fallible({number})?;"),
            format!("t.step(format!(\"{{}}\", {number}));"),
        ];
        self.line(text, &format!("let {one} = {value};"));
        self.line(text, &format!("let {two} = t.value({});", self.names));
        let left = &left[self.random.below(3) as usize];
        self.line(text, left);
        let (moved, kept) = if self.random.chance(60) { (one, two) } else { (two, one) };
        self.line(text, &format!("drop({moved});"));
        self.declare(kept, Ty::Value, false, None);
    }

    /// A struct of which another takes what it does not give itself.
    fn updated(&mut self, text: &mut String) {
        let (one, two, other) = (self.value(1), self.value(1), self.value(1));
        let (given, used) = [("one", "two"), ("two", "one")][self.random.below(2) as usize];
        let between = ["t.leaf(2).await;", "if t.coin() { return Ok(7); }"][self.random.below(2) as usize];
        let lines = [
            format!("let p = Pair {{ one: {one}, two: {two}, number: 3 }};"),
            between.to_owned(),
            format!("let q = Pair {{ {given}: {other}, ..p }};"),
            "t.leaf(q.number).await;".to_owned(),
            format!("t.step(format!(\"{{}}\", p.{given}.look() ^ q.{used}.look()));"),
        ];
        let lines = &lines[..if self.random.chance(50) { 5 } else { 4 }];
        self.within_braces(text, lines);
    }

    /// What is taken apart, looked at by a guard.
    fn pair_of_patterns(&mut self, text: &mut String) {
        let (value, number, name) = (self.value(1), self.number(1), self.name("v"));
        let before: Vec<bool> = self.variables.iter().map(|variable| variable.moved).collect();
        self.line(text, &format!("match ({value}, {number}) {{"));
        self.indent += 1;
        self.line(text, &format!("({name}, 1) => {{"));
        self.block(text, |this, text| {
            this.declare(name.clone(), Ty::Value, false, None);
            this.statements(text);
        });
        self.line(text, "}");
        let guard = self.guard(&name);
        self.line(text, &format!("(ref {name}, n){guard} => {{ t.leaf(n ^ {name}.look()).await; }}"));
        self.line(text, "(_, n) => t.step(format!(\"{n}\")),");
        self.indent -= 1;
        self.line(text, "}");
        self.perhaps_moved(&before);
    }

    /// A local that is this number.
    fn number_of(&mut self, text: &mut String, value: &str) {
        let name = self.name("x");
        self.line(text, &format!("let {name} = {value};"));
        self.declare(name, Ty::Number, false, None);
    }

    /// What was moved before remains so; what a branch has moved is perhaps moved.
    pub(super) fn perhaps_moved(&mut self, before: &[bool]) {
        for (variable, before) in self.variables.iter_mut().zip(before) {
            variable.moved |= before;
        }
    }

    pub(super) fn within_braces(&mut self, text: &mut String, lines: &[String]) {
        self.line(text, "{");
        self.indent += 1;
        lines.iter().for_each(|line| self.line(text, line));
        self.indent -= 1;
        self.line(text, "}");
    }
}
