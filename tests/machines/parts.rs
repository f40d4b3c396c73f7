//! Parts of locals, moved one by one.

use zokio_tests::twin::{Failure, Outer, Script, Value};

struct Three {
    a: Value,
    b: Value,
    n: u32,
}
struct Nested {
    inner: Three,
    c: Value,
    o: Option<Value>,
}

fn three(t: &Script, n: u32) -> Three {
    Three { a: t.value(n), b: t.value(n + 1), n }
}
fn nested(t: &Script) -> Nested {
    Nested { inner: three(t, 20), c: t.value(30), o: if t.coin() { Some(t.value(31)) } else { None } }
}
fn id<T>(x: T) -> T {
    x
}

bodies! {
    async fn one(t: Script) -> u32 {
        let s = three(&t, 1);
        t.leaf(1).await;
        let v = id(s.a);
        t.leaf(2).await;
        v.number
    }
    async fn both(t: Script) -> u32 {
        let s = three(&t, 1);
        t.leaf(1).await;
        drop(s.b);
        t.leaf(2).await;
        let n = t.carry(s.a).await.number + s.n;
        t.leaf(3).await;
        n
    }
    async fn conditionally(t: Script) -> u32 {
        let s = three(&t, 1);
        if t.coin() { drop(s.a); }
        t.leaf(2).await;
        if t.coin() { t.carry(s.b).await; }
        t.leaf(3).await;
        s.n
    }
    async fn within(t: Script) -> u32 {
        let s = nested(&t);
        t.leaf(1).await;
        if t.coin() { drop(s.inner.a); t.leaf(2).await; drop(s.inner.b); } else { t.carry(s.inner).await; }
        t.leaf(3).await;
        s.c.number
    }
    async fn matched(t: Script) -> u32 {
        let s = nested(&t);
        t.leaf(1).await;
        let n = match s.o { Some(v) => { t.leaf(2).await; v.number } None => 0 };
        t.leaf(3).await;
        n + s.c.finish()
    }
    async fn assigned(t: Script) -> u32 {
        let mut s = three(&t, 1);
        t.leaf(1).await;
        if t.coin() { drop(s.a); s.a = t.carry(t.value(7)).await; } else { s.a = t.value(8); }
        t.leaf(2).await;
        s.a.number
    }
    async fn in_a_loop(t: Script) -> u32 {
        let mut sum = 0;
        for i in 0..3 {
            let s = three(&t, i);
            t.leaf(i).await;
            sum += s.n;
            if t.coin() { continue; }
            sum += t.carry(s.b).await.number;
            if t.coin() { break; }
            t.leaf(5).await;
        }
        sum
    }
    async fn of_an_argument(t: Script, s: (Value, Value) = (t.value(1), t.value(2))) -> u32 {
        let v = s.1;
        t.leaf(v.number).await;
        v.number
    }
    async fn iterated(t: Script) -> u32 {
        struct Many { values: Vec<Value>, last: Value }
        let s = Many { values: vec![t.value(1), t.value(2)], last: t.value(3) };
        t.leaf(0).await;
        let mut sum = 0;
        for v in s.values { sum += t.leaf(v.number).await; }
        sum + s.last.number
    }
    async fn consumed(t: Script) -> u32 {
        let s = nested(&t);
        t.leaf(0).await;
        let n = s.o.map_or(0, Value::finish);
        t.leaf(1).await;
        n + s.inner.into_number()
    }
}

impl Three {
    fn into_number(self) -> u32 {
        self.a.number + self.n
    }
}

#[derive(Default)]
struct Conditional {
    first: u32,
    second: u32,
    #[cfg(any())]
    nowhere: u32,
}
bodies! {
    async fn fields_under_a_condition(t: Script) -> u32 {
        let first = t.leaf(1).await;
        #[cfg(any())]
        let nowhere = t.leaf(2).await;
        let all = Conditional { first, #[cfg(any())] nowhere, ..Conditional::default() };
        t.leaf(3).await;
        let Conditional { first, #[cfg(all())] second, .. } = all;
        let shorter = Conditional { first, ..all };
        first + second + shorter.second
    }
    async fn arguments_under_a_condition(t: Script) -> u32 {
        async fn sum(t: Script, first: u32, second: u32) -> u32 { t.leaf(first).await + second }
        let pair = (t.value(1), t.value(2));
        let n = sum(t.clone(), #[cfg(all())] 1, #[cfg(any())] t.leaf(9).await, #[cfg(all())] pair.0.finish()).await;
        let all = [#[cfg(any())] 7, t.leaf(n).await, 2];
        let both = (#[cfg(all())] pair.1, #[cfg(any())] 3, t.leaf(all[1]).await);
        both.0.finish() + both.1
    }
    async fn a_part_moved_before_a_closure_looks_at_another(t: Script) -> u32 {
        let all = (t.value(1), t.value(2), t.value(3));
        t.leaf(1).await;
        let n = if t.coin() { all.0.finish() } else { 0 };
        let m = t.coin().then(|| all.1.look()).unwrap_or_else(|| all.2.look() + all.1.number);
        t.leaf(m).await;
        n + m + all.2.finish()
    }
}

#[derive(Debug)]
enum Phase {
    Named(Value),
    Counted { count: u32, last: Option<Value> },
    Over,
}
#[derive(Debug)]
struct Process {
    phase: Phase,
    owner: Value,
    steps: u32,
}
impl Process {
    fn any(t: &Script) -> Self {
        let phase = match t.dice(3) {
            0 => Phase::Named(t.value(1)),
            1 => Phase::Counted { count: 2, last: t.coin().then(|| t.value(3)) },
            _ => Phase::Over,
        };
        Self { phase, owner: t.value(7), steps: 1 }
    }
    async fn seen(&self, t: &Script) -> u32 {
        t.leaf(self.steps).await + self.owner.look()
    }
    async fn ended(self, t: &Script) -> u32 {
        t.leaf(self.steps).await + self.owner.finish()
    }
}

bodies! {
    async fn moved_in_one_arm_and_used_in_another(t: Script, process: Process = Process::any(&t)) -> u32 {
        match process.phase {
            Phase::Named(value) if process.steps > 2 => value.finish(),
            Phase::Named(value) => { t.leaf(1).await; value.finish() + process.owner.look() }
            Phase::Counted { count, last: Some(last) } => { let n = t.leaf(count).await; process.owner.look() + n + last.finish() }
            Phase::Counted { .. } => process.seen(&t).await,
            Phase::Over => process.ended(&t).await,
        }
    }
    async fn moved_and_given_back(t: Script) -> u32 {
        let mut all: (Option<Value>, Value) = (t.coin().then(|| t.value(3)), t.value(4));
        let n = t.leaf(1).await;
        if let Some(value) = all.0 {
            if t.coin() { all.0 = None; t.leaf(value.look()).await; } else { all.0 = Some(value); }
        }
        t.leaf(2).await;
        n + all.0.map_or(4, Value::finish) + all.1.look()
    }
}

bodies! {
    async fn taken_apart_and_the_rest_used(t: Script, three: Three = three(&t, 10)) -> u32 {
        let Three { mut a, n, .. } = three;
        t.leaf(n).await;
        if t.coin() { a = t.value(5); }
        let m = t.leaf(three.n + 1).await;
        m + a.finish() + three.b.look() + three.n
    }
    async fn taken_apart_and_given_back(t: Script) -> u32 {
        let mut three: Three = three(&t, 10);
        let mut sum = 0;
        while sum < 30 {
            let Three { a, b: other, n: _ } = three;
            sum += t.leaf(a.look()).await + three.n;
            if t.coin() { other.finish(); break }
            three.b = a;
            three.a = other;
        }
        t.leaf(1).await + sum
    }
    async fn a_text_goes_on(t: Script) -> u32 {
        let mut named = Named { text: "a".to_owned(), number: t.leaf(2).await, value: t.value(1) };
        let other = Named { text: "b".to_owned(), number: named.number + 1, value: t.value(2) };
        let both = other.text + "c" + &named.text;
        t.leaf(other.number + 1).await;
        named.text = named.text + "d" + &both;
        t.leaf(named.number).await;
        let sum = named.value.look() + other.value.look();
        (named.text + &sum.to_string()).len() as u32
    }
}

struct Named {
    text: String,
    number: u32,
    value: Value,
}
