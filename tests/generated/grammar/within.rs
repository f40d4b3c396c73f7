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
}
