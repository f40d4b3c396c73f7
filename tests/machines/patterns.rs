//! Patterns in `let`.

use zokio_tests::twin::{Failure, Outer, Script, Value};

struct Pair {
    a: Value,
    b: Value,
}

bodies! {
    async fn what_they_do_not_bind_stays_until_the_statement_ends(t: Script) -> u32 {
        let mut sum = 0;
        sum += match t.carry(t.coin().then(|| t.value(1)).ok_or_else(|| t.value(2))).await {
            Ok(v) => t.leaf(v.finish()).await,
            Err(_) => t.leaf(3).await,
        } + t.leaf(4).await;
        match (t.coin().then(|| t.value(5)), t.value(6)) {
            (Some(v), _) if t.coin() => {
                t.leaf(v.finish()).await;
            }
            (_, w) if w.number > 7 => {}
            _ => t.leaf(2).await.clone_into(&mut sum),
        }
        if let Ok(_) = t.carry(t.coin().then(|| t.value(7)).ok_or(8)).await {
            sum += t.leaf(1).await;
        } else {
            sum += t.leaf(2).await;
        }
        while let (Some(v), ..) = (t.coin().then(|| t.value(9)), t.value(10)) {
            sum += t.leaf(v.number).await;
            if t.coin() {
                break;
            }
            drop(v);
            t.leaf(1).await;
        }
        for _ in vec![t.value(11), t.value(12)] {
            sum += t.leaf(1).await;
        }
        sum
    }
    async fn of_fields_of_what_is_awaited_in_chains(t: Script) -> u32 {
        let mut n = 0;
        while let Some(v) = t.carry((t.coin().then(|| t.value(1)), n)).await.0
            && let (Some(w), 0..5) = (Some(t.value(2)), t.leaf(n).await)
            && let Some(u) = t.carry((n, Some(t.value(3)))).await.1
        {
            n += t.leaf(v.finish()).await;
            let look = move || u.look();
            n += t.leaf(look()).await + w.look();
        }
        if t.coin() && let Some(v) = t.carry((Some(t.value(4)), 1)).await.0 && t.coin() {
            t.leaf(1).await;
            return v.finish();
        }
        n
    }
    async fn tuple(t: Script) -> u32 {
        let (a, b) = (t.value(1), t.value(2));
        t.leaf(1).await;
        a.number + b.number
    }
    async fn tuple_awaited(t: Script) -> u32 {
        let (a, mut b) = t.carry((t.value(1), t.value(2))).await;
        t.leaf(1).await;
        b.change(3);
        a.number + b.number
    }
    async fn partly(t: Script) -> u32 {
        let (a, _) = (t.value(1), t.value(2));
        t.leaf(1).await;
        a.number
    }
    async fn structure(t: Script) -> u32 {
        let Pair { a, b: other } = Pair { a: t.value(1), b: t.value(2) };
        t.leaf(1).await;
        a.number + other.number
    }
    async fn by_reference(t: Script) -> u32 {
        let p = Pair { a: t.value(1), b: t.value(2) };
        let Pair { a, b } = &p;
        t.leaf(1).await;
        let n = a.number + b.number;
        t.leaf(2).await;
        n
    }
    async fn by_ref(t: Script) -> u32 {
        let mut p = Pair { a: t.value(1), b: t.value(2) };
        let Pair { ref mut a, ref b } = p;
        t.leaf(b.number).await;
        a.change(1);
        t.leaf(2).await;
        p.a.number
    }
    async fn from_a_local(t: Script) -> u32 {
        let p = (t.value(1), 5_u32);
        t.leaf(1).await;
        let (v, n) = p;
        t.leaf(2).await;
        v.number + n
    }
    async fn at(t: Script) -> u32 {
        match t.dice(5) { n @ 0..=1 => t.leaf(n).await, n @ (2 | 3) => n, n => { t.leaf(1).await; n } }
    }
    async fn alternatives(t: Script) -> u32 {
        let r: Result<u32, u32> = if t.coin() { Ok(1) } else { Err(2) };
        match r { Ok(n) | Err(n) => t.leaf(n).await }
    }
    async fn slices(t: Script) -> u32 {
        let v = vec![1, 2, 3];
        match v.as_slice() { [] => 0, [first, .., last] => t.leaf(*first).await + last, [one] => *one }
    }
    async fn constants(t: Script) -> u32 {
        const TWO: u32 = 2;
        match t.dice(4) { TWO => t.leaf(2).await, u32::MAX => 0, other => other }
    }
    async fn wild(t: Script) -> u32 {
        let _ = t.value(1);
        let _kept = t.value(2);
        t.leaf(1).await;
        let _ = t.carry(t.value(3)).await;
        t.leaf(2).await
    }
    async fn of_an_argument(t: Script, p: (u32, Value) = (1, t.value(2))) -> u32 {
        let (n, v) = p;
        t.leaf(n).await;
        v.number
    }
    async fn for_tuples(t: Script) -> u32 {
        let mut sum = 0;
        for (n, v) in vec![(1, t.value(2)), (3, t.value(4))] { t.leaf(n).await; sum += v.number; }
        sum
    }
}

bodies! {
    async fn named_texts_and_variants(t: Script) -> u32 {
        let name = ["one", "two", "three"][t.dice(3) as usize].to_owned();
        let word = name.as_str();
        let n = match word {
            "one" => 1,
            found @ ("two" | "four") => { t.leaf(found.len() as u32).await; 2 }
            _ => t.leaf(4).await,
        };
        let option = if t.coin() { Some(t.value(n)) } else { None };
        match option {
            kept @ Some(_) => { t.leaf(5).await; kept.map_or(0, Value::finish) }
            None => t.leaf(6).await,
        }
    }
}
