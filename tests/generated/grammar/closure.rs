//! Closures and `async` blocks that live across awaits: what they look at, change, move, and hold of what they refer to.

use super::{Grammar, Ty};

impl Grammar {
    /// A closure, called before and behind an await.
    pub(super) fn closure(&mut self, text: &mut String) {
        let (leaf, frozen) = (self.random.below(5), self.frozen);
        let f = format!("f{}", self.names);
        self.names += 1;
        let made = match self.random.below(7) {
            0 => self.pick(Ty::Number, |variable| variable.mutable && variable.borrowed == 0).map(|index| {
                let name = &self.variables[index].name;
                format!("let mut {f} = || {{ {name} = {name}.wrapping_mul(3) ^ {leaf}; {name} }};")
            }),
            1 => self.pick(Ty::Value, |variable| variable.mutable && variable.borrowed == 0).map(|index| {
                let name = &self.variables[index].name;
                format!("let mut {f} = || {{ {name}.number ^= {leaf}; {name}.look() }};")
            }),
            2 => self.movable().filter(|_| !frozen).map(|index| {
                self.variables[index].moved = true;
                format!("let {f} = move || {}.look();", self.variables[index].name)
            }),
            3 => self.pick(Ty::Value, |_| true).map(|index| format!("let {f} = || {}.look();", self.variables[index].name)),
            4 => self.pick(Ty::Reference, |_| true).map(|index| {
                let name = &self.variables[index].name;
                let how = ["look()", "number"][self.random.below(2) as usize];
                format!("let {f} = || {name}.{how} + looked({name});")
            }),
            5 => self.pick(Ty::Number, |_| true).map(|index| {
                let name = &self.variables[index].name;
                // The slice is gone where the closure is called.
                format!(
                    "let numbers = [{name}, {leaf}]; let {f} = {{ let s = slice(&numbers); t.leaf({leaf}).await; let f = || sum(s); \
                     t.step(format!(\"{{}}\", sum(s))); f }};"
                )
            }),
            _ => self.pick(Ty::Value, |variable| variable.mutable && variable.borrowed == 0).map(|index| {
                let name = &self.variables[index].name;
                format!(
                    "let mut {f} = {{ let r = itself(&mut {name}); t.leaf({leaf}).await; || {{ r.number += 1; r.look() }} }};"
                )
            }),
        };
        let Some(made) = made else { return };
        let number = self.random.below(6);
        self.line(text, "{");
        self.indent += 1;
        self.line(text, &made);
        self.line(text, &format!("t.leaf({f}()).await;"));
        let called = match self.random.below(3) {
            0 => format!("t.step(format!(\"called {{}}\", {f}()));"),
            1 => {
                format!("let more = {f}() ^ t.leaf({number}).await; t.step(format!(\"called {{more}} {{}}\", {f}()));")
            }
            _ => format!("if t.coin() {{ t.leaf({f}()).await; }} else {{ drop({f}); }}"),
        };
        self.line(text, &called);
        self.indent -= 1;
        self.line(text, "}");
    }
}
