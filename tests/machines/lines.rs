//! Straight lines, blocks, shadowing.

use zokio_tests::twin::{Failure, Outer, Script, Value};

fn length(text: &str) -> u32 {
    text.len() as u32
}
fn slice(bytes: &[u8]) -> u32 {
    bytes.len() as u32
}
fn change(numbers: &mut [u32]) -> u32 {
    numbers[0] += 1;
    numbers[0]
}
fn look_at(number: &u32) -> u32 {
    *number
}
fn optional(number: Option<&u32>) -> u32 {
    number.copied().unwrap_or_default()
}
fn as_text(text: &str) -> &str {
    text
}

bodies! {
    async fn nothing(t: Script) -> () {}
    async fn a_value(t: Script) -> u32 { 42 }
    async fn one_await(t: Script) -> u32 { t.leaf(1).await }
    async fn statement(t: Script) -> () { t.leaf(1).await; }
    async fn several(t: Script) -> u32 {
        let a = t.leaf(1).await;
        let b = t.leaf(2).await;
        let c = t.leaf(3).await;
        a + b * c
    }
    async fn held_over_two(t: Script) -> u32 {
        let v = t.value(1);
        t.leaf(1).await;
        t.leaf(2).await;
        v.number
    }
    async fn drops_in_reverse(t: Script) -> () {
        let a = t.value(1);
        let b = t.value(2);
        t.leaf(1).await;
        let c = t.value(3);
        t.leaf(2).await;
        let d = t.value(4);
    }
    async fn shadowed(t: Script) -> u32 {
        let x = t.value(1);
        let x = t.carry(x).await.with(1);
        let x = (t.carry(x).await, t.value(5));
        t.leaf(2).await;
        let y = x.0.number;
        y
    }
    async fn inner_blocks(t: Script) -> u32 {
        let a = { let v = t.value(1); t.leaf(1).await; v.number };
        let b = { let v = t.value(2); { t.leaf(2).await; v } };
        { t.leaf(3).await };
        a + b.number
    }
    async fn labelled_block(t: Script) -> u32 {
        let v = t.value(1);
        let r = 'a: {
            if t.coin() { break 'a 1; }
            let w = t.value(2);
            t.leaf(1).await;
            if t.coin() { break 'a w.number; }
            3
        };
        t.leaf(2).await;
        r + v.number
    }
    async fn deferred(t: Script) -> u32 {
        let x;
        if t.coin() { x = t.value(1); } else { t.leaf(1).await; x = t.value(2); }
        t.leaf(3).await;
        x.number
    }
    async fn assigned_before_it_is_read(t: Script) -> u32 {
        let mut n = 4_u32;
        { n = match t.dice(3) { 0 => t.leaf(1).await, other => other }; }
        t.leaf(2).await;
        n
    }
    async fn assigned(t: Script) -> u32 {
        let mut x = t.value(1);
        t.leaf(1).await;
        x = t.value(2);
        t.leaf(2).await;
        x = t.carry(t.value(3)).await;
        x.number += t.leaf(4).await;
        x.look()
    }
    async fn assigned_after_a_move(t: Script) -> u32 {
        let mut x = t.value(1);
        t.leaf(1).await;
        drop(x);
        x = t.value(2);
        t.leaf(2).await;
        x.finish()
    }
    async fn items_within(t: Script) -> u32 {
        t.leaf(1).await;
        fn twice(x: u32) -> u32 { x * FACTOR }
        const FACTOR: u32 = 2;
        struct Pair(u32, u32);
        let p = Pair(twice(2), 3);
        t.leaf(2).await;
        p.0 + p.1
    }
    async fn unused_argument(t: Script, _a: Value = t.value(7), b: Value = t.value(8)) -> u32 { t.leaf(1).await }
    async fn arguments_moved(t: Script, a: Value = t.value(7), b: Value = t.value(8)) -> u32 {
        let n = a.finish();
        t.leaf(1).await;
        n + t.carry(b).await.number
    }
    async fn argument_mutated(t: Script, n: u32 = 3, v: Vec<u32> = vec![1, 2]) -> u32 {
        let mut v = v;
        v.push(t.leaf(1).await);
        let mut n = n;
        n += v.len() as u32;
        t.borrowing(2, &mut n).await;
        n + v[2]
    }
    async fn borrowed_by_the_awaited(t: Script) -> u32 {
        let mut n = 1;
        t.borrowing(1, &mut n).await;
        let m = &mut n;
        t.borrowing(2, m).await;
        t.borrowing(3, m).await;
        *m += 1;
        n
    }
    async fn references_between_slots(t: Script) -> u32 {
        let v = vec![t.value(1), t.value(2), t.value(3)];
        let first = &v[0];
        let mut it = v.iter();
        t.leaf(1).await;
        let n = first.number + it.next().unwrap().number;
        t.leaf(2).await;
        n + it.next().unwrap().number
    }
    async fn unsafe_block(t: Script) -> u32 {
        let n = 3_u32;
        let p = &raw const n as usize;
        // SAFETY: `n` is alive.
        let m = unsafe { t.leaf(1).await + *(p as *const u32) };
        m
    }
    async fn a_closure_kept(t: Script) -> u32 {
        let f = |x| x + 1;
        t.leaf(1).await;
        let g = move |x: u32| x * 2;
        let n = f(1_u32);
        t.leaf(2).await;
        f(n) + g(n)
    }
    async fn never_returns(t: Script) -> u32 {
        t.leaf(1).await;
        if true { return 3; }
        t.leaf(2).await;
        unreachable!()
    }
    async fn typed_late(t: Script) -> usize {
        let mut v = Vec::new();
        let mut m = std::collections::HashMap::new();
        t.leaf(1).await;
        v.push(1_u8);
        m.insert("a", t.leaf(2).await);
        t.leaf(3).await;
        v.len() + m["a"] as usize
    }
    async fn coerced(t: Script) -> usize {
        let f: Box<dyn Fn(usize) -> usize> = Box::new(|x| x + 1);
        let s: &[u32] = &[1, 2, 3];
        t.leaf(1).await;
        f(s.len())
    }
    async fn coerced_at_the_last_use(t: Script) -> u32 {
        let (name, mut numbers, mut number) = (String::from("abc"), vec![1, 2], 7);
        let (text, bytes, unique, shared) = (&name, &[1_u8, 2], &mut numbers, &5_u32);
        let object = &name;
        let raw = &mut number;
        t.leaf(1).await;
        let mut sum = length(text) + slice(bytes) + change(unique);
        t.leaf(2).await;
        let printed: &dyn std::fmt::Debug = object;
        sum += format!("{printed:?}{:?}", optional(Some(shared))).len() as u32 + look_at(raw);
        t.leaf(3).await;
        sum
    }
    async fn a_reference_in_a_tail(t: Script) -> usize {
        let kept = String::from("kept");
        let text = &kept;
        let longer = { t.leaf(1).await; as_text(text).len() };
        let empty = [];
        t.leaf(2).await;
        let none: [u32; 0] = empty.map(|value: Value| value.finish());
        longer + none.len()
    }
    async fn a_box_cast_to_a_box(t: Script) -> u32 {
        let _kept = Box::new(t.value(1)) as Box<dyn std::fmt::Debug>;
        t.leaf(1).await;
        let _also = t.value(2);
        t.leaf(2).await
    }
}
