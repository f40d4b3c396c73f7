//! `if`, `match`, `&&`, `||`.

use zokio_tests::twin::{Failure, Outer, Script, Value};

#[derive(Debug)]
enum Message {
    Quit,
    Number(u32),
    Pair { a: Value, b: u32 },
    Value(Value),
}

impl Message {
    fn any(t: &Script) -> Self {
        match t.dice(4) {
            0 => Self::Quit,
            1 => Self::Number(5),
            2 => Self::Pair { a: t.value(1), b: 2 },
            _ => Self::Value(t.value(9)),
        }
    }
}

bodies! {
    async fn what_an_assertion_says_is_awaited_where_it_fails(t: Script) -> u32 {
        assert!(t.leaf(1).await == 1, "it is {}", t.leaf(2).await);
        let v = t.value(3);
        assert_eq!(v.look(), 3, "{} {n}", v.detached().await, n = t.leaf(4).await);
        debug_assert_ne!(t.leaf(5).await, 6, "five is {}", t.leaf(6).await);
        let n = t.dice(3);
        assert_eq!(n, 0, "not nothing, but {}", t.leaf(n).await);
        n + v.look()
    }
    async fn assertions_fail_behind_what_they_await(t: Script) -> u32 {
        let n = t.dice(4);
        if t.coin() {
            assert!(n > 0, "{n} and {}", t.leaf(7).await);
        } else {
            assert_ne!(n, 1, "{}", t.carry(t.value(n)).await.look());
        }
        n
    }
    async fn one_branch(t: Script) -> u32 {
        let v = t.value(1);
        if t.coin() { t.leaf(1).await; }
        v.number
    }
    async fn both_branches(t: Script) -> u32 {
        let v = t.value(1);
        let n = if t.coin() { t.leaf(1).await } else { let w = t.value(2); t.leaf(2).await + w.number };
        n + v.number
    }
    async fn chain(t: Script) -> u32 {
        if t.coin() { t.leaf(1).await } else if t.coin() { 2 } else if t.leaf(3).await == 3 { t.leaf(4).await } else { 5 }
    }
    async fn condition(t: Script) -> u32 { if t.leaf(1).await == 1 { 2 } else { 3 } }
    async fn condition_and_branches(t: Script) -> u32 { if t.leaf(1).await == 1 { t.leaf(2).await } else { 3 } }
    async fn if_let(t: Script) -> u32 {
        let option = if t.coin() { Some(t.value(1)) } else { None };
        if let Some(v) = option { t.leaf(1).await; v.finish() } else { t.leaf(2).await }
    }
    async fn if_let_reference(t: Script) -> u32 {
        let option = if t.coin() { Some(t.value(1)) } else { None };
        let n = if let Some(v) = &option { t.leaf(1).await; v.look() } else { 0 };
        t.leaf(2).await;
        n + option.map_or(1, Value::finish)
    }
    async fn if_let_as_ref(t: Script) -> u32 {
        let mut option = Some(t.value(1));
        if let Some(v) = option.as_mut() { v.wait().await; v.change(1); }
        if let Some(ref v) = option { t.leaf(v.number).await; }
        option.unwrap().number
    }
    async fn let_chains(t: Script) -> u32 {
        let (a, b) = (Some(t.value(1)), if t.coin() { Ok(2_u32) } else { Err(()) });
        if let Some(v) = &a && let Ok(n) = b && n > 1 { t.leaf(n).await + v.number } else { 0 }
    }
    async fn matched(t: Script) -> u32 {
        match Message::any(&t) {
            Message::Quit => 0,
            Message::Number(n) if n > 5 => n,
            Message::Number(n) => t.leaf(n).await,
            Message::Pair { a, b } => { t.leaf(b).await; a.number }
            Message::Value(v) => { let n = v.wait_owned(&t).await; n }
        }
    }
    async fn matched_reference(t: Script) -> u32 {
        let m = Message::any(&t);
        let n = match &m {
            Message::Quit => t.leaf(1).await,
            Message::Number(n) => *n,
            Message::Pair { a, b } => { t.leaf(*b).await; a.look() }
            Message::Value(v) => v.look(),
        };
        t.leaf(n).await;
        n
    }
    async fn matched_awaited(t: Script) -> u32 {
        match t.carry(Message::any(&t)).await {
            Message::Quit => return 7,
            Message::Pair { a, .. } => { t.leaf(1).await; a.number }
            Message::Value(v) => v.finish(),
            other => { t.leaf(2).await; drop(other); 1 }
        }
    }
    async fn matched_awaited_without_more(t: Script) -> u32 {
        match t.carry(Message::any(&t)).await {
            Message::Quit => 0,
            Message::Pair { a, b } => a.number + b,
            Message::Value(v) => v.finish(),
            Message::Number(n) => n,
        }
    }
    async fn matched_local(t: Script) -> u32 {
        let m = Message::any(&t);
        t.leaf(0).await;
        match m {
            Message::Value(v) => t.carry(v).await.number,
            Message::Pair { a, b } => { t.leaf(b).await; a.finish() }
            Message::Number(n) => n,
            Message::Quit => 0,
        }
    }
    async fn in_a_loop(t: Script) -> u32 {
        let mut sum = 0;
        for _ in 0..4 {
            match Message::any(&t) {
                Message::Quit => break,
                Message::Number(n) => { if t.coin() { continue; } sum += n; }
                Message::Pair { a, b } => { t.leaf(1).await; if t.coin() { return a.number; } sum += b; }
                Message::Value(v) => { sum += t.carry(v).await.number; }
            }
            t.leaf(9).await;
        }
        sum
    }
    async fn and(t: Script) -> bool { t.leaf(1).await == 1 && t.coin() && t.leaf(2).await == 2 }
    async fn or(t: Script) -> bool { t.coin() || t.leaf(1).await == 2 || { let v = t.value(1); t.leaf(2).await == v.number } }
    async fn nested(t: Script) -> u32 {
        let v = t.value(1);
        if t.coin() {
            if t.coin() { t.leaf(1).await; } else { match t.dice(3) { 0 => { t.leaf(2).await; } 1 => return 1, _ => {} } }
            t.leaf(3).await;
        }
        v.number
    }
    async fn let_else(t: Script) -> u32 {
        let Some(v) = (if t.coin() { Some(t.value(1)) } else { None }) else { return 0 };
        t.leaf(1).await;
        let Ok(n) = t.carry(t.fallible(2)).await else { return 9 };
        t.leaf(2).await;
        v.number + n
    }
    async fn let_else_awaits(t: Script) -> u32 {
        let mut total = 0;
        loop {
            let Ok(mut n) = t.fallible(2) else { t.leaf(1).await; break };
            n += t.leaf(2).await;
            total += n;
            if total > 20 { break; }
        }
        total
    }
    async fn consumed_behind_and(t: Script) -> u32 {
        let v = t.value(1);
        t.leaf(1).await;
        if t.coin() && v.finish() > 0 { t.leaf(2).await; }
        t.leaf(3).await
    }
    async fn moved_behind_and(t: Script) -> u32 {
        let (v, w) = (t.value(1), t.value(2));
        t.leaf(1).await;
        if t.coin() && { drop(v); t.coin() } && { drop(w); true } { t.step("all"); } else { t.step("not all"); }
        t.leaf(2).await
    }
    async fn moved_behind_let(t: Script) -> u32 {
        let (v, o) = (t.value(1), t.coin().then(|| t.value(2)));
        t.leaf(1).await;
        if let Some(w) = &o && w.look() > 0 && v.finish() > 0 { t.leaf(2).await; } else { t.leaf(4).await; }
        t.leaf(3).await
    }
    async fn moved_in_a_head(t: Script) -> u32 {
        let v = t.value(1);
        let mut o = Some(t.value(2));
        t.leaf(1).await;
        while t.coin() && o.take().is_some_and(|w| w.finish() > 0) { t.step("again"); }
        t.leaf(2).await;
        while t.dice(3) == 0 && { drop(v); true } { break; }
        t.leaf(3).await
    }
}

trait Waits {
    async fn wait_owned(self, t: &Script) -> u32;
}

impl Waits for Value {
    async fn wait_owned(self, t: &Script) -> u32 {
        t.leaf(self.number).await
    }
}

bodies! {
    async fn chain_that_awaits_late(t: Script) -> u32 {
        let a = if t.coin() { Some(t.value(1)) } else { None };
        let n = if let Some(v) = a && t.leaf(1).await > 0 && t.coin() && let Some(w) = Some(t.value(2)) {
            v.look() + w.look() + t.leaf(2).await
        } else {
            t.step("else");
            t.leaf(3).await
        };
        t.leaf(4).await;
        n
    }
    async fn chain_in_a_loop(t: Script) -> u32 {
        let mut sum = 0;
        while let Some(v) = t.coin().then(|| t.value(1)) && t.leaf(1).await > 0 && sum < 20 {
            if v.look() > 5 && let 1.. = t.leaf(2).await { continue }
            sum += 1 + t.leaf(3).await;
        }
        sum
    }
}
