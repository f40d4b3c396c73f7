//! Closures and `async` blocks that pass on what they use: natively they hold it as they pass it, and may go where the local is not.

use zokio_tests::twin::{Script, Value};

use super::references::{Pair, itself, slice};

/// What a closure is given whole.
fn sum(of: &[u32]) -> u32 {
    of.iter().sum()
}

fn add(to: &mut [u32]) -> u32 {
    to[0] += 1;
    to[0]
}

trait Looked {
    fn looked(&self) -> u32;
}

impl Looked for Value {
    fn looked(&self) -> u32 {
        self.look()
    }
}

fn looked(at: &dyn Looked) -> u32 {
    at.looked()
}

fn hidden(value: &Value) -> &dyn Looked {
    value
}

bodies! {
    async fn a_closure_gives_out_what_a_unique_reference_refers_to(t: Script) -> u32 {
        let mut v = t.value(3);
        let value: &mut Value = &mut v;
        let number = || &value.number;
        let n = t.leaf(*number()).await;
        t.leaf(n).await + *number() + value.number
    }
    async fn a_closure_passes_a_slice_on_whose_scope_it_leaves(t: Script) -> u32 {
        let numbers = vec![3, 5, t.leaf(1).await];
        let mut before = 0;
        let f = {
            let s = slice(&numbers);
            t.leaf(1).await;
            let f = || sum(s);
            before += sum(s);
            f
        };
        let big = [9u64; 8];
        t.leaf(2).await;
        big[2] as u32 + f() + f() + before
    }
    async fn a_closure_passes_a_unique_slice_on_whose_scope_it_leaves(t: Script) -> u32 {
        let mut numbers = [3, 5, t.leaf(1).await];
        let mut f = {
            let s = itself(&mut numbers[..]);
            t.leaf(add(s)).await;
            || add(s) + 1
        };
        let big = [9u64; 8];
        t.leaf(2).await;
        big[2] as u32 + f() + f()
    }
    async fn a_block_passes_a_slice_on_whose_scope_it_leaves(t: Script) -> u32 {
        let numbers = vec![3, 5, t.leaf(1).await];
        let mut before = 0;
        let f = {
            let s = slice(&numbers);
            t.leaf(1).await;
            let f = async { sum(s) + t.leaf(sum(s)).await };
            before += sum(s);
            f
        };
        let big = [9u64; 8];
        t.leaf(2).await;
        big[2] as u32 + f.await + before
    }
    async fn a_closure_passes_on_what_is_hidden(t: Script) -> u32 {
        let value = t.value(3);
        let mut before = 0;
        let f = {
            let s = hidden(&value);
            t.leaf(1).await;
            let f = || looked(s);
            before += looked(s);
            f
        };
        let big = [9u64; 8];
        t.leaf(2).await;
        big[2] as u32 + f() + f() + before
    }
    async fn a_closure_passes_on_what_is_no_reference(t: Script) -> u32 {
        let pair = (t.leaf(3).await, t.leaf(4).await);
        let both = |(one, other): (u32, u32)| one * 10 + other;
        let f = || both(pair);
        t.leaf(2).await;
        f() + both(pair)
    }
    async fn a_closure_changes_one_part_of_what_is_moved_later(t: Script) -> u32 {
        let mut pair = Pair(t.value(1), t.value(2));
        let mut add = |by| pair.0.number += by;
        pair.1.number += 1;
        add(2);
        t.leaf(1).await;
        let Pair(first, second) = pair;
        first.finish() * 10 + second.finish()
    }
    async fn a_block_and_another_change_parts_of_what_is_moved_later(t: Script) -> u32 {
        let mut pair = Pair(t.value(1), t.value(2));
        zokio::join!(async { pair.0.number += t.leaf(1).await }, async { pair.1.number += t.leaf(2).await });
        let moved = |pair: Pair| pair.0.finish() * 10 + pair.1.finish();
        t.leaf(3).await;
        moved(pair)
    }
    async fn blocks_of_a_loop_leave_it_with_what_was_passed_on(t: Script) -> u32 {
        let values = vec![t.value(1), t.value(2)];
        let mut all = Vec::new();
        for value in values.iter() {
            all.push(Box::pin(async { looked(value) + t.leaf(value.number).await }));
            t.leaf(looked(value)).await;
        }
        let mut sum = 0;
        for one in all {
            sum += one.await;
        }
        sum
    }
    async fn a_closure_reads_a_field_that_is_not_aligned(t: Script) -> u32 {
        #[repr(C, packed)]
        #[derive(Clone, Copy)]
        struct Head {
            kind: u8,
            length: u32,
        }
        let head = Head { kind: 1, length: t.leaf(7).await };
        let length = || sum(&[head.kind.into(), head.length * 2]) + head.length;
        t.leaf(2).await;
        length()
    }
    async fn a_closure_that_can_be_called_once_is_kept(t: Script) -> u32 {
        let (value, other) = (t.value(1), t.value(2));
        let finish = |n: u32| value.finish() + n;
        let n = t.leaf(2).await;
        let sum = finish(t.leaf(n).await);
        t.leaf(1).await;
        other.look() + sum
    }
    async fn a_closure_that_can_be_called_once_is_called_in_one_of_two_places(t: Script) -> u32 {
        let value = t.value(1);
        let finish = || value.finish();
        if t.dice(2) == 0 {
            t.leaf(1).await;
            return finish();
        }
        t.leaf(2).await;
        finish() + t.leaf(3).await
    }
    async fn a_closure_that_can_be_called_again_is_called_for_the_last_time(t: Script) -> u32 {
        let value = t.value(1);
        let mut count = 0;
        let mut look = || {
            count += 1;
            value.look() + count
        };
        t.leaf(1).await;
        let mut sum = look();
        for n in 0..2 {
            sum += t.leaf(n).await + look();
        }
        sum += look();
        t.leaf(2).await;
        sum + count
    }
}
