//! Places that are emptied and filled again: options, boxes, parts, locals that are declared before they have a value.

use super::{Grammar, Ty};

impl Grammar {
    /// Of an option, some of what options do.
    pub(super) fn emptied(&mut self, text: &mut String) {
        let (option, o) = (self.option(), format!("o{}", self.names));
        self.names += 1;
        let mut lines = vec![format!("let mut {o} = {option};")];
        for _ in 0..=self.random.below(4) {
            let value = self.value(1);
            lines.push(match self.random.below(9) {
                0 => format!("if let Some(v) = {o}.take() {{ t.leaf(v.finish()).await; }}"),
                1 => format!("t.leaf({o}.as_ref().map_or(1, |v| v.look())).await;"),
                2 => format!("{o} = t.carry(Some({value})).await;"),
                3 => format!("t.leaf({o}.as_mut().map_or(1, |v| v.change(2).number)).await;"),
                4 => format!("t.leaf({o}.insert({value}).look()).await;"),
                5 => format!("drop({o}.replace({value}));"),
                6 => format!("{o}.get_or_insert_with(|| t.value(3)).wait().await;"),
                7 => format!("match &mut {o} {{ Some(v) if v.look() > 2 => {{ v.wait().await; }} it => *it = None }}"),
                _ => format!(
                    "while let Some(v) = {o}.take() {{ if t.leaf(v.number).await < 9 {{ {o} = Some(v.with(3)); }} }}"
                ),
            });
        }
        let end = [
            format!("t.leaf({o}.map(|v| v.finish()).unwrap_or(3)).await;"),
            format!("t.leaf({o}.map_or_else(|| 1, |v| v.finish())).await;"),
            format!("if {o}.is_some_and(|v| v.finish() > 2) {{ t.leaf(2).await; }}"),
            format!("for v in {o} {{ t.leaf(v.look()).await; }}"),
            format!("t.leaf({o}.ok_or(Failure(3))?.number).await;"),
            String::new(),
        ];
        lines.push(end[self.random.below(6) as usize].clone());
        self.within_braces(text, &lines);
    }

    /// A value in a box.
    pub(super) fn boxed(&mut self, text: &mut String) {
        let (value, b, name) = (self.value(1), format!("b{}", self.names), self.name("v"));
        self.names += 1;
        self.line(text, &format!("let mut {b} = Box::new({value});"));
        let between = [
            format!("t.leaf({b}.look()).await;"),
            format!("{b}.wait().await;"),
            format!("*{b} = t.carry(t.value(4)).await;"),
            format!("if t.coin() {{ t.leaf({b}.finish()).await; return Ok(3); }}"),
            format!("if t.dice(4) == 0 {{ let gone = *{b}; t.leaf(gone.number).await; return Ok(4); }}"),
        ];
        let between = &between[self.random.below(5) as usize];
        self.line(text, between);
        let moved = ["*B", "B.with(2)", "t.carry(*B).await", "{ let c = B; *c }"][self.random.below(4) as usize];
        self.line(text, &format!("let {name} = {};", moved.replace('B', &b)));
        self.declare(name, Ty::Value, false, None);
    }

    /// A part that gets another value, whether it has one or not.
    pub(super) fn assigned(&mut self, text: &mut String) {
        let (one, two, p) = (self.value(1), self.value(1), format!("p{}", self.names));
        self.names += 1;
        let emptied = [
            "drop(P.one);",
            "if t.coin() { drop(P.one); P.one = t.value(1); }",
            "P.one.wait().await;",
            "t.leaf(P.one.finish()).await;",
        ];
        let emptied = emptied[self.random.below(4) as usize];
        let between = ["t.leaf(2).await;", "t.fallible(1)?;", "if t.coin() { return Ok(7); }", ""];
        let between = between[self.random.below(4) as usize];
        let used = [
            "t.leaf(P.one.look() ^ P.two.look()).await;",
            "let Pair { one, two, .. } = P; t.leaf(two.finish()).await; t.leaf(one.number).await;",
            "let q = P; t.leaf(q.number).await; drop(q.two);",
            "drop(t.carry(P).await.two);",
            "let f = || P.one.look() ^ P.number; t.leaf(f()).await; t.leaf(f()).await;",
            "match P { Pair { number: 3, .. } => {} Pair { two, .. } => { t.leaf(two.look()).await; } }",
        ];
        let used = used[self.random.below(6) as usize];
        let value = self.value(1);
        let lines = [
            "let mut P = Pair { one: ONE, two: TWO, number: 3 };".replace("ONE", &one).replace("TWO", &two),
            emptied.to_owned(),
            between.to_owned(),
            format!("P.one = {value};"),
            used.to_owned(),
        ];
        let lines = lines.map(|line| {
            line.replace("P.", &format!("{p}."))
                .replace("P;", &format!("{p};"))
                .replace("mut P ", &format!("mut {p} "))
                .replace("(P)", &format!("({p})"))
                .replace("match P ", &format!("match {p} "))
        });
        self.within_braces(text, &lines);
    }

    /// A local that gets its value later, in one of several ways.
    pub(super) fn declared_first(&mut self, text: &mut String) {
        let (name, condition) = (format!("d{}", self.names), self.condition());
        self.names += 1;
        let before: Vec<bool> = self.variables.iter().map(|variable| variable.moved).collect();
        let one = self.value(1);
        let after: Vec<bool> = self.variables.iter().map(|variable| variable.moved).collect();
        for (variable, before) in self.variables.iter_mut().zip(&before) {
            variable.moved = *before;
        }
        let other = self.value(1);
        self.perhaps_moved(&after);
        let left = ["", "t.leaf(1).await; ", "t.fallible(2)?; "][self.random.below(3) as usize];
        self.line(text, &format!("let {name};"));
        self.line(text, &format!("if {condition} {{ {left}{name} = {one}; }} else {{ {name} = {other}; {left}}}"));
        self.declare(name, Ty::Value, false, None);
    }

    /// Several values: by pattern, in place, one by one.
    pub(super) fn several(&mut self, text: &mut String) {
        let (one, two, name) = (self.value(1), self.value(1), self.name("v"));
        let all = format!("[{one}, {two}, t.value(5)]");
        match self.random.below(5) {
            0 => {
                self.line(text, &format!("let [{name}, .., last] = {all};"));
                self.line(text, "t.leaf(last.number).await;");
                self.declare(name, Ty::Value, false, None);
            }
            1 => {
                let lines = [
                    format!("let mut all = vec!{all};"),
                    "for v in all.iter_mut() { v.wait().await; }".to_owned(),
                    "for v in all.drain(1..) { if t.coin() { break; } t.leaf(v.finish()).await; }".to_owned(),
                    "t.leaf(all.len() as u32).await;".to_owned(),
                ];
                self.within_braces(text, &lines);
            }
            2 => {
                let lines = [
                    format!("let all = {all};"),
                    "match &all[..] { [one, .., last] if t.coin() => { t.leaf(one.look() ^ last.look()).await; } [_, rest @ ..] => { \
                     for v in rest { t.leaf(v.look()).await; } } [] => {} }"
                        .to_owned(),
                    "for (k, v) in all.into_iter().enumerate() { if k == 1 { continue; } t.leaf(v.look()).await; }".to_owned(),
                ];
                self.within_braces(text, &lines);
            }
            3 => {
                let lines = [
                    format!("let mut all = {all};"),
                    "let old = std::mem::replace(&mut all[1], t.carry(t.value(8)).await);".to_owned(),
                    "all.sort_by_key(|v| v.number);".to_owned(),
                    "t.leaf(old.finish()).await;".to_owned(),
                    "let [a, b, _] = &mut all; std::mem::swap(a, b); a.wait().await;".to_owned(),
                ];
                self.within_braces(text, &lines);
            }
            _ => {
                let sum =
                    format!("{all}.into_iter().filter(|v| v.look() != 4).map(|v| v.finish()).fold(0, |a, b| a ^ b)");
                self.line(text, &format!("t.leaf({sum}).await;"));
            }
        }
    }

    /// What has a way out of its own: an `async` block that may fail, a macro that nobody knows.
    pub(super) fn ways_out(&mut self, text: &mut String) {
        let Some(of) = self.pick(Ty::Value, |_| true) else { return };
        let of = self.variables[of].name.clone();
        let lines = match self.random.below(5) {
            0 => vec![
                format!(
                    "let r: Result<u32, Failure> = async {{ let x = t.fallible(1)?; t.leaf(x ^ {of}.look()).await; Ok(x) }}.await;"
                ),
                "match r { Ok(x) => { t.leaf(x).await; } Err(failure) => t.step(format!(\"{failure:?}\")) }".to_owned(),
            ],
            1 => vec![format!("perhaps!(t.coin(), t.step(format!(\"{{}}\", {of}.look())));")],
            2 => vec![format!("leave!(t.dice(8) == 0, {of}.look());")],
            3 => vec![format!("let x = chosen!(t.coin().then(|| {of}.look()), return Ok(2)); t.leaf(x).await;")],
            _ => vec![format!(
                "let v = chosen!(t.carry(t.coin().then(|| t.value(1))).await, t.value({of}.number)); t.leaf(v.look()).await;"
            )],
        };
        self.within_braces(text, &lines);
    }
}
