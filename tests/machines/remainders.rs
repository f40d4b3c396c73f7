//! What patterns leave of the locals that they move out of.

use zokio_tests::twin::{Script, Value};

struct Pair {
    a: Value,
    b: Value,
}
enum Choice {
    One(Value),
    Two { a: Value, b: Value, n: u32 },
    None,
}

fn choice(t: &Script) -> Choice {
    match t.dice(3) {
        0 => Choice::One(t.value(1)),
        1 => Choice::Two { a: t.value(1), b: t.value(2), n: 7 },
        _ => Choice::None,
    }
}

bodies! {
    async fn of_a_tuple(t: Script) -> u32 {
        let pair = (t.value(1), t.value(2));
        t.leaf(1).await;
        let (a, _) = pair;
        t.leaf(2).await;
        let n = a.finish();
        t.leaf(3).await;
        n
    }
    async fn of_a_struct(t: Script) -> u32 {
        let pair = Pair { a: t.value(1), b: t.value(2) };
        t.leaf(1).await;
        let Pair { b, .. } = pair;
        t.leaf(2).await;
        b.look()
    }
    async fn of_a_struct_in_one_segment(t: Script) -> u32 {
        let pair = Pair { a: t.value(1), b: t.value(2) };
        t.leaf(1).await;
        let n = {
            let Pair { b, .. } = pair;
            b.look()
        };
        t.step("between");
        let n = n + t.leaf(2).await;
        t.step("end");
        n
    }
    async fn of_an_argument(t: Script, pair: (Value, Value) = (t.value(8), t.value(9))) -> u32 {
        t.leaf(1).await;
        let (a, _) = pair;
        let n = a.finish();
        t.leaf(2).await;
        n
    }
    async fn of_an_arm_that_does_not_match(t: Script) -> u32 {
        let c = choice(&t);
        t.leaf(1).await;
        let n = if let Choice::One(v) = c { v.look() + t.leaf(2).await } else { t.leaf(3).await };
        t.leaf(4).await;
        n
    }
    async fn of_an_arm_that_does_not_await(t: Script) -> u32 {
        let c = choice(&t);
        t.leaf(1).await;
        let n = if let Choice::One(v) = c { v.look() } else { 3 };
        t.leaf(4).await;
        n
    }
    async fn of_several_arms(t: Script) -> u32 {
        let c = choice(&t);
        t.leaf(1).await;
        let n = match c {
            Choice::One(v) => v.look() + t.leaf(2).await,
            Choice::Two { a, n, .. } if n > 3 => a.look() + t.leaf(3).await,
            Choice::Two { b, .. } => b.look(),
            Choice::None => t.leaf(5).await,
        };
        t.leaf(4).await;
        n
    }
    async fn of_several_arms_that_do_not_await(t: Script) -> u32 {
        let c = choice(&t);
        t.leaf(1).await;
        let n = match c {
            Choice::Two { a, ref b, n } if n > 8 => 1,
            Choice::One(ref v) => v.look(),
            _ => 2,
        };
        t.leaf(4).await;
        n
    }
    async fn of_several_arms_in_one_segment(t: Script) -> u32 {
        let c = choice(&t);
        t.leaf(1).await;
        let n = match c {
            Choice::One(v) => v.look(),
            Choice::Two { a, n, .. } if n > 3 => a.look(),
            _ => 5,
        };
        t.leaf(4).await;
        n
    }
    async fn used_again_in_another_arm(t: Script) -> u32 {
        let r = if t.coin() { Ok(t.value(1)) } else { Err(t.value(2)) };
        t.leaf(1).await;
        let n = if let Ok(v) = r {
            t.leaf(2).await;
            v.finish()
        } else if let Err(e) = r {
            t.leaf(3).await;
            e.finish() + 1
        } else {
            0
        };
        t.leaf(4).await;
        n
    }
    async fn used_again_as_a_whole(t: Script) -> u32 {
        let r = if t.coin() { Some(t.value(1)) } else { None };
        t.leaf(1).await;
        let n = match r {
            Some(v) if v.look() > 3 => 1,
            r => { t.leaf(2).await; r.map_or(2, |v| v.finish()) }
        };
        t.leaf(4).await;
        n
    }
    async fn of_a_let_else(t: Script) -> u32 {
        let c = choice(&t);
        t.leaf(1).await;
        let Choice::Two { a, .. } = c else {
            t.step("else");
            return t.leaf(2).await;
        };
        t.leaf(3).await;
        a.look()
    }
    async fn in_a_loop(t: Script) -> u32 {
        let mut sum = 0;
        let mut pair = (t.value(1), Some(t.value(2)));
        while t.coin() {
            let (a, Some(_)) = pair else { return sum };
            sum += a.look() + t.leaf(1).await;
            pair = (t.value(3), if t.coin() { Some(t.value(4)) } else { None });
            t.leaf(2).await;
        }
        sum
    }
    async fn of_a_copy_used_again(t: Script) -> u32 {
        let pair = (1, 2);
        t.leaf(1).await;
        let (a, _) = pair;
        t.leaf(2).await;
        a + pair.1
    }
    async fn of_a_reference(t: Script) -> u32 {
        let pair = Pair { a: t.value(1), b: t.value(2) };
        let r = &pair;
        t.leaf(1).await;
        let Pair { a, .. } = r;
        t.leaf(2).await;
        let Pair { b, .. } = r;
        a.look() + b.look()
    }
    async fn of_a_mutable_reference(t: Script) -> u32 {
        let mut pair = Pair { a: t.value(1), b: t.value(2) };
        let r = &mut pair;
        t.leaf(1).await;
        let Pair { a, .. } = r;
        a.change(4);
        t.leaf(2).await;
        let Pair { b, .. } = r;
        b.change(5);
        t.leaf(3).await;
        pair.a.look()
    }
    async fn of_a_mutable_option(t: Script) -> u32 {
        let mut value = Some(t.value(1));
        let r = &mut value;
        t.leaf(1).await;
        if let Some(v) = r {
            v.change(3);
            t.leaf(2).await;
            v.change(4);
        }
        t.leaf(3).await;
        1
    }
    async fn assigned_after(t: Script) -> u32 {
        let mut pair = (t.value(1), t.value(2));
        t.leaf(1).await;
        let (a, _) = pair;
        t.leaf(2).await;
        pair = (t.value(3), t.value(4));
        t.leaf(3).await;
        a.look() + pair.0.look()
    }
    async fn behind_a_reference(t: Script) -> u32 {
        let (one, two) = (Choice::Two { a: t.value(1), b: t.value(2), n: 7 }, (t.value(3), 4));
        let (r, s) = (&one, &two);
        t.leaf(1).await;
        let n = if let Choice::Two { n, .. } = *r { n } else { 0 };
        let (_, m) = *s;
        t.leaf(2).await;
        let k = match *r { Choice::Two { n, .. } => n + t.leaf(3).await, _ => 1 };
        n + m + k
    }
    async fn behind_a_raw_pointer(t: Script) -> u32 {
        let n = 7;
        let (p, q) = (&raw const n, (&raw const n).cast_mut());
        t.leaf(1).await;
        // SAFETY: `n` is there until the end.
        let a = unsafe { *p };
        t.leaf(2).await;
        // SAFETY: as above.
        let b = unsafe { *q };
        a + b + n
    }
}
