//! Values with parts, which are moved one by one.

use super::{Grammar, Ty};

impl Grammar {
    /// A pair, of which parts are moved.
    pub(super) fn part(&mut self, text: &mut String) {
        let pair = format!("p{}", self.names);
        self.names += 1;
        let (one, two) = (self.value(1), self.value(1));
        let number = self.random.below(5);
        self.line(text, &format!("let {pair} = Pair {{ one: {one}, two: {two}, number: {number} }};"));
        if self.random.chance(60) {
            self.line(text, &format!("t.leaf({pair}.number).await;"));
        }
        match self.random.below(5) {
            0 => {
                let name = self.name("v");
                self.line(text, &format!("drop({pair}.one);"));
                self.line(text, &format!("t.leaf({pair}.two.number).await;"));
                self.line(text, &format!("let {name} = {pair}.two;"));
                self.declare(name, Ty::Value, false, None);
            }
            1 => {
                self.line(text, &format!("if t.coin() {{ t.leaf({pair}.one.finish()).await; }}"));
                self.line(text, &format!("t.leaf({pair}.two.look()).await;"));
            }
            2 => {
                let (name, number) = (self.name("v"), self.name("x"));
                self.line(text, &format!("let Pair {{ one: {name}, number: {number}, .. }} = {pair};"));
                self.declare(name, Ty::Value, false, None);
                self.declare(number, Ty::Number, false, None);
            }
            3 => {
                self.line(text, &format!("match {pair} {{"));
                self.indent += 1;
                self.line(text, "Pair { one, number: 2, .. } => { t.leaf(one.look()).await; }");
                self.line(text, "Pair { two, number: 3, .. } => t.step(format!(\"two {}\", two.number)),");
                self.line(text, "Pair { ref two, number, .. } => { t.leaf(number ^ two.look()).await; }");
                self.indent -= 1;
                self.line(text, "}");
            }
            _ => {
                let name = self.name("v");
                self.line(text, &format!("let mut {name} = {pair}.two.with({pair}.number);"));
                self.declare(name, Ty::Value, true, None);
                self.line(text, &format!("t.leaf({pair}.one.look()).await;"));
            }
        }
    }
}
