//! Moves, copies, receivers.

use zokio_tests::twin::{Failure, Outer, Script, Value};

fn id<T>(x: T) -> T {
    x
}

/// What a number and it make is dropped.
struct Added(Value);

impl std::ops::Add<Added> for u32 {
    type Output = Value;

    fn add(self, added: Added) -> Value {
        added.0
    }
}

bodies! {
    async fn numbers_in_a_tuple(t: Script) -> u32 {
        let (mut low, (high, v), truth) = (1_u32, (2, t.value(1)), 1 < 2);
        t.leaf(1).await;
        low = (low + high) * 2;
        let sum = low + high;
        t.leaf(2).await;
        if truth { sum + v.number } else { low }
    }
    async fn numbers_of_a_range(t: Script) -> u32 {
        let (mut sum, end) = (0, 3);
        for i in 0..end {
            let v = t.value(i);
            let next = i + 1;
            t.leaf(i).await;
            sum += next + v.number;
        }
        sum
    }
    async fn a_copy_of_a_number(t: Script) -> u32 {
        let one = 7_u32;
        let other = one;
        t.leaf(1).await;
        let (both, text): (u32, String) = (one + other, t.value(1).number.to_string());
        t.leaf(2).await;
        both + text.len() as u32
    }
    async fn an_operator_of_ones_own(t: Script) -> u32 {
        let added = Added(t.value(1));
        let sum = 1 + added;
        t.leaf(1).await;
        sum.number
    }
    async fn into_a_call(t: Script) -> u32 {
        let v = t.value(1);
        t.leaf(1).await;
        let v = id(v);
        t.leaf(2).await;
        id(v).number
    }
    async fn receiver_consumes(t: Script) -> u32 {
        let v = t.value(1);
        t.leaf(1).await;
        let n = v.finish();
        t.leaf(2).await;
        n
    }
    async fn receiver_borrows(t: Script) -> u32 {
        let v = t.value(1);
        t.leaf(1).await;
        let n = v.look();
        t.leaf(2).await;
        n
    }
    async fn receiver_borrows_mutably(t: Script) -> u32 {
        let mut v = t.value(1);
        t.leaf(1).await;
        v.change(3);
        t.leaf(2).await;
        2
    }
    async fn receiver_last_in_a_branch(t: Script) -> u32 {
        let v = t.value(1);
        t.leaf(1).await;
        if t.coin() { v.finish(); } else { v.look(); }
        t.leaf(2).await;
        2
    }
    async fn awaited_receiver_consumes(t: Script) -> u32 {
        let v = t.value(1);
        t.leaf(1).await;
        let n = v.send().await;
        t.leaf(2).await;
        n
    }
    async fn awaited_receiver_borrows(t: Script) -> u32 {
        let mut v = t.value(1);
        t.leaf(1).await;
        let n = v.wait().await;
        t.leaf(2).await;
        n
    }
    async fn awaited_receiver_lets_go(t: Script) -> u32 {
        let v = t.value(1);
        t.leaf(1).await;
        let n = v.detached().await;
        t.leaf(2).await;
        n
    }
    async fn local_awaited(t: Script) -> u32 {
        let f = t.leaf(1);
        let g = t.leaf(2);
        g.await + f.await
    }
    async fn into_a_struct(t: Script) -> u32 {
        struct Both { v: Value, n: u32 }
        let v = t.value(1);
        let n = t.leaf(1).await;
        let both = Both { v, n };
        t.leaf(2).await;
        both.v.number + both.n
    }
    async fn into_a_vector(t: Script) -> usize {
        let a = t.value(1);
        let b = t.value(2);
        t.leaf(1).await;
        let v = vec![a, b];
        t.leaf(2).await;
        v.len()
    }
    async fn returned(t: Script) -> Value {
        let v = t.value(1);
        t.leaf(1).await;
        if t.coin() { return v; }
        t.leaf(2).await;
        v
    }
    async fn conditionally(t: Script) -> u32 {
        let v = t.value(1);
        t.leaf(1).await;
        if t.coin() { drop(v); }
        t.leaf(2).await;
        3
    }
    async fn in_some_arms(t: Script) -> u32 {
        let v = t.value(1);
        let w = t.value(2);
        match t.dice(3) { 0 => drop(v), 1 => { t.carry(w).await; } _ => { t.leaf(4).await; } }
        t.leaf(2).await;
        3
    }
    async fn copies(t: Script) -> u32 {
        let n = t.leaf(5).await;
        let a = id(n) + id(n);
        t.leaf(1).await;
        let r = &n;
        let b = id(n);
        t.leaf(2).await;
        a + *r + b
    }
    async fn copied_while_borrowed(t: Script) -> u32 {
        let n = t.dice(9) + 100;
        let r = &n;
        let m = id(n);
        t.leaf(m).await;
        let big = [t.leaf(3).await; 8];
        t.leaf(2).await;
        *r + big[1]
    }
    async fn reborrowed(t: Script) -> u32 {
        let mut n = 1;
        let m = &mut n;
        t.borrowing(1, m).await;
        t.borrowing(2, &mut *m).await;
        id(m);
        n
    }
    async fn operands_are_kept(t: Script) -> u32 {
        fn f(a: Value, b: u32, c: Value, d: u32) -> u32 { a.number + b + c.number + d }
        f(t.value(1), t.leaf(2).await, t.value(3), t.leaf(4).await)
    }
    async fn operand_local(t: Script) -> u32 {
        fn f(a: Value, b: u32, c: u32) -> u32 { a.number + b + c }
        let v = t.value(1);
        let n = t.leaf(3).await;
        let w = t.value(2);
        f(v, t.leaf(2).await, n)
    }
    async fn sum_of_awaits(t: Script) -> u32 { t.leaf(1).await + t.leaf(2).await * t.leaf(3).await }
    async fn tuple_of_awaits(t: Script) -> (u32, Value, u32) { (t.leaf(1).await, t.value(2), t.leaf(3).await) }
    async fn method_with_awaited_argument(t: Script) -> usize {
        let mut v = vec![t.value(1)];
        v.push(t.carry(t.value(2)).await);
        t.value(7).change(t.leaf(3).await).look();
        v.len()
    }
    async fn consuming_method_with_awaited_argument(t: Script) -> u32 {
        let v = t.value(1);
        t.leaf(0).await;
        v.with(t.leaf(3).await).finish()
    }
    async fn generic_value(t: Script) -> u32 {
        async fn inner<T: Into<u32>>(t: &Script, x: T) -> u32 { t.leaf(1).await; x.into() }
        inner(&t, 3_u8).await + inner(&t, 4_u16).await
    }
}

bodies! {
    async fn a_borrow_in_an_earlier_local(t: Script) -> u32 {
        let mut best: Option<&Value> = None;
        let more = t.leaf(1).await;
        let all = vec![t.value(more), t.value(5), t.value(3)];
        for value in &all {
            match best {
                Some(known) if known.look() > value.look() => {}
                _ => best = Some(value),
            }
        }
        best.map_or(0, Value::look)
    }
}
