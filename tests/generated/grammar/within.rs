//! What is perhaps evaluated, and closures that make futures: messages of assertions, blocks within closures.

use super::{Grammar, Ty};

impl Grammar {
    /// A message that moves a value, which is there afterwards.
    pub(super) fn message(&mut self, text: &mut String) {
        let Some(index) = self.movable() else { return };
        let value = self.variables[index].name.clone();
        let line = if self.random.chance(50) {
            let condition = ["t.coin()", "t.leaf(2).await > 1"][self.random.below(2) as usize];
            format!("assert!(t.dice(8) > 0 || {condition}, \"no {{}}\", eaten({value}));")
        } else {
            let (one, two) = (self.number_without_moves(), self.number_without_moves());
            format!("assert_eq!({one}.min(0), {two}.min(0), \"no {{}}\", {{ let gone = {value}; gone.look() }});")
        };
        self.line(text, &line);
    }

    /// Futures that a closure makes, which go on without it: they use what they are given, a value and a number.
    pub(super) fn futures_of_a_closure(&mut self, text: &mut String) {
        let Some(of) = self.pick(Ty::Value, |_| true) else { return };
        let of = self.variables[of].name.clone();
        let number = self.number_without_moves();
        let used = [format!("{of}.look()"), format!("looked(&{of})"), format!("{of}.number")]
            [self.random.below(3) as usize]
            .clone();
        let made = match self.random.below(3) {
            0 => format!("|given| Box::pin(async {{ t.leaf(k).await + given.finish() + {used} }})"),
            1 => format!("|given| async {{ let given = given; t.leaf(given.look()).await + k + {used} }}"),
            _ => format!("async |given: Value| t.leaf(given.look()).await + k + {used}"),
        };
        let lines = [
            format!("let k = {number};"),
            format!("let made: Vec<_> = [t.value(1), t.value(2)].into_iter().map({made}).collect();"),
            "t.leaf(2).await;".to_owned(),
            "for future in made { t.step(format!(\"{}\", future.await)); }".to_owned(),
        ];
        self.within_braces(text, &lines);
    }

    /// Closures within closures: they look, change, move, and are given on.
    pub(super) fn closures_within(&mut self, text: &mut String) {
        let Some(of) = self.pick(Ty::Value, |_| true) else { return };
        let of = self.variables[of].name.clone();
        let changed = self
            .pick(Ty::Number, |variable| variable.mutable && variable.borrowed == 0)
            .map_or_else(|| "own".to_owned(), |index| self.variables[index].name.clone());
        let mut lines = match self.random.below(8) {
            0 => vec![format!("let f = |k: u32| {{ let g = |m: u32| m ^ {of}.look(); g(k) ^ g(1) }};")],
            1 => vec![
                format!("let r = &{of};"),
                "let f = |k: u32| { let g = move || k ^ r.look(); g() ^ g() };".to_owned(),
            ],
            2 => vec![
                "let mut own = 3_u32;".to_owned(),
                format!(
                    "let mut f = |k: u32| {{ let mut g = || {{ {changed} = {changed}.wrapping_add(k); {changed} }}; g() ^ g() }};"
                ),
            ],
            3 => vec![format!(
                "let f: Box<dyn Fn(u32) -> u32 + '_> = Box::new(|k| [1, 2].iter().map(|j| j ^ k ^ {of}.look()).sum());"
            )],
            4 => vec![
                "let w = t.value(4);".to_owned(),
                format!("let f = move |k: u32| {{ let g = || w.look() ^ k; g() + g() }};"),
            ],
            5 => vec![
                "let w = t.value(4);".to_owned(),
                "let mut w = Some(w);".to_owned(),
                "let mut f = |k: u32| { let mut g = || w.take().map_or(k, |v| v.finish()); g() ^ g() };".to_owned(),
            ],
            6 => vec![
                format!("let r = {of}.number;"),
                "let g = |k: u32| move |m: u32| k ^ m ^ r;".to_owned(),
                "t.leaf(1).await;".to_owned(),
                "let f = g(2);".to_owned(),
            ],
            _ => vec![
                "let s = &t;".to_owned(),
                format!(
                    "let made: Vec<_> = [1_u32, 2].iter().flat_map(|h| [3_u32, 4].map(|j| async move {{ s.leaf(h ^ j).await }})).collect();"
                ),
                "t.leaf(2).await;".to_owned(),
                "let mut sum = 0; for future in made { sum ^= future.await; }".to_owned(),
                format!("let f = |k: u32| sum ^ k ^ {of}.look();"),
            ],
        };
        lines.push("t.leaf(f(2)).await;".to_owned());
        let last = [
            "t.step(format!(\"{}\", f(3)));",
            "if t.coin() { t.leaf(f(1)).await; } else { drop(f); }",
            "let more = f(1) ^ t.leaf(2).await; t.leaf(more ^ f(2)).await;",
        ];
        lines.push(last[self.random.below(3) as usize].to_owned());
        self.within_braces(text, &lines);
    }
}
