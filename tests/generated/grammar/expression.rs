//! Expressions: numbers, values, what may be one, conditions.

use super::{Grammar, Ty};

impl Grammar {
    /// A value that may be moved here.
    pub(super) fn movable(&mut self) -> Option<usize> {
        let (loops, frozen) = (self.loops, self.frozen);
        self.pick(Ty::Value, |variable| !frozen && variable.borrowed == 0 && variable.loops == loops)
    }

    pub(super) fn condition(&mut self) -> String {
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
    pub(super) fn guard(&mut self, seen: &str) -> String {
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

    pub(super) fn option(&mut self) -> String {
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

    pub(super) fn value(&mut self, depth: u32) -> String {
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

    pub(super) fn number_without_moves(&mut self) -> String {
        let frozen = std::mem::replace(&mut self.frozen, true);
        let number = self.number(1);
        self.frozen = frozen;
        number
    }

    pub(super) fn number(&mut self, depth: u32) -> String {
        if depth == 0 || !self.spend() {
            return match self.pick(Ty::Number, |_| true) {
                Some(index) if self.random.chance(60) => self.variables[index].name.clone(),
                _ => format!("{}_u32", self.random.below(9)),
            };
        }
        match self.random.below(23) {
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
            19..=21 => self.of_what_is_lent(depth),
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

    /// A decision about what is made of a temporary that is lent to what is awaited.
    fn of_what_is_lent(&mut self, depth: u32) -> String {
        let (lent, number) = (self.value(depth - 1), self.number_without_moves());
        let lent = if lent.chars().all(char::is_alphanumeric) { format!("{{ {lent} }}") } else { lent };
        let asked = format!("counted(&t, &{lent}).await");
        match self.random.below(7) {
            0 => format!("(match {asked} {{ Some(n) => n, None => {number} }})"),
            1 => {
                format!("(match {asked} {{ Some(n) if t.coin() => t.leaf(n).await, Some(n) => n, None => {number} }})")
            }
            2 => format!("(if let Some(n) = {asked} {{ n }} else {{ {number} }})"),
            3 => format!("(if let Some(n) = {asked} && t.leaf(n).await > 2 {{ t.leaf(n).await }} else {{ {number} }})"),
            4 => format!("(if {asked}.is_some() {{ {number} }} else {{ t.leaf(1).await }})"),
            5 => format!("{{ let Some(n) = {asked} else {{ return Ok({number}) }}; n }}"),
            _ => format!("{asked}.map_or(2, |n| n + 1)"),
        }
    }
}
