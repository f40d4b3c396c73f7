//! Closures and `async` blocks that use references: natively they hold what those refer to, and may go where the references are not.

use std::io::{Read as _, Write as _};

use zokio_tests::twin::{Failure, Outer, Script, Value};

bodies! {
    async fn a_block_leaves_the_scope_of_the_reference_that_it_uses(t: Script) -> u32 {
        let mut c = t.value(2);
        let f = { let r = &mut c; t.leaf(4).await; async { r.number += 1; t.leaf(r.number).await } };
        let big = [9u64; 8];
        t.leaf(2).await;
        big[2] as u32 + f.await
    }
    async fn a_closure_leaves_the_scope_of_the_reference_that_it_uses(t: Script) -> u32 {
        let mut c = t.value(2);
        let mut f = { let r: &mut Value = &mut c; t.leaf(4).await; || { r.number += 1; r.look() + r.look() } };
        let big = [9u64; 8];
        t.leaf(2).await;
        big[2] as u32 + f() + f()
    }
    async fn a_closure_changes_the_reference_itself(t: Script) -> u32 {
        let (mut c, mut d) = (t.value(2), t.value(3));
        d.number += 1;
        let mut r = &mut c;
        r.number += 1;
        t.leaf(1).await;
        { let mut change = || { let it = &mut r; it.number += 5; }; change(); }
        r.number += d.number;
        r = &mut d;
        t.leaf(2).await;
        r.look()
    }
}

/// References whose types are not written.
pub(super) struct Pair(pub(super) Value, pub(super) Value);

impl Pair {
    fn first(&mut self) -> &mut Value {
        &mut self.0
    }

    fn seen(&self) -> &Value {
        &self.1
    }
}

bodies! {
    async fn a_closure_leaves_the_scope_of_a_reference_that_was_returned(t: Script) -> u32 {
        let mut pair = Pair(t.value(1), t.value(2));
        let mut f = { let r = pair.first(); t.leaf(1).await; || { r.number += 1; r.look() } };
        let big = [9u64; 8];
        t.leaf(2).await;
        big[2] as u32 + f() + f()
    }
    async fn a_closure_leaves_the_scope_of_one_that_is_shared(t: Script) -> u32 {
        let pair = Pair(t.value(1), t.value(2));
        let f = { let r = pair.seen(); t.leaf(1).await; || r.number + r.look() };
        let big = [9u64; 8];
        t.leaf(2).await;
        big[2] as u32 + f() + f()
    }
    async fn a_block_leaves_the_scope_of_a_reference_that_was_returned(t: Script) -> u32 {
        let mut pair = Pair(t.value(1), t.value(2));
        let f = { let r = pair.first(); t.leaf(1).await; async { r.number += 1; t.leaf(r.number).await } };
        let big = [9u64; 8];
        t.leaf(2).await;
        big[2] as u32 + f.await
    }
    async fn a_closure_leaves_the_scope_of_a_reference_and_of_an_owner(t: Script) -> u32 {
        let mut pair = Pair(t.value(1), t.value(2));
        let mut values = vec![t.value(3)];
        let mut f = {
            let r = pair.first();
            let values = &mut values;
            t.leaf(1).await;
            || { r.number += 1; values.push(t.value(r.number)); values.len() as u32 + r.look() }
        };
        let big = [9u64; 8];
        t.leaf(2).await;
        let sum = big[2] as u32 + f() + f();
        values.len() as u32 + sum
    }
    async fn a_closure_in_a_closure_uses_a_reference_that_was_returned(t: Script) -> u32 {
        let mut pair = Pair(t.value(1), t.value(2));
        let mut f = {
            let r = pair.first();
            t.leaf(1).await;
            |n: u32| { (0..n).for_each(|by| r.number += by); r.look() }
        };
        t.leaf(2).await;
        let big = [9u64; 8];
        t.leaf(3).await;
        big[2] as u32 + f(3) + f(4)
    }
    async fn a_closure_changes_a_reference_that_was_returned(t: Script) -> u32 {
        let (mut pair, mut other) = (Pair(t.value(1), t.value(2)), t.value(7));
        other.number += 1;
        let mut second = Some(&mut other);
        let mut r = pair.first();
        r.number += 1;
        t.leaf(1).await;
        { let mut change = |more: u32| { r.number += more; r = second.take().unwrap(); }; change(3); }
        t.leaf(2).await;
        r.number += 1;
        t.leaf(3).await;
        r.look()
    }
    async fn a_closure_that_only_reads_a_unique_reference_can_be_called_from_two_places(t: Script) -> u32 {
        fn twice(f: impl Fn() -> u32) -> u32 { f() + f() }
        let mut pair = Pair(t.value(1), t.value(2));
        let r = pair.first();
        r.number += 1;
        t.leaf(1).await;
        let sum = twice(|| r.number + 1);
        t.leaf(sum).await;
        r.look()
    }
    async fn a_closure_gets_its_captures_type_from_itself(t: Script) -> u32 {
        let mut sums = Default::default();
        let mut add = |n: u32| { sums = n; };
        t.leaf(1).await;
        add(4);
        t.leaf(2).await;
        sums
    }
    async fn a_closure_formats_a_reference_that_was_returned(t: Script) -> u32 {
        let mut pair = Pair(t.value(1), t.value(2));
        let f = { let r = pair.first(); t.leaf(1).await; || format!("{} {}", r.number, r.look()).len() as u32 };
        t.leaf(2).await;
        f() + f()
    }
}

pub(super) fn itself<T: ?Sized>(it: &mut T) -> &mut T {
    it
}

pub(super) fn slice(of: &[u32]) -> &[u32] {
    of
}

bodies! {
    async fn a_closure_changes_a_slice_that_it_splits(t: Script) -> u32 {
        let mut values = vec![t.value(1), t.value(2), t.value(3)];
        let mut rest = itself(&mut values[..]);
        t.leaf(1).await;
        let first = { let mut cut = || rest.split_off_first_mut().unwrap(); cut() };
        t.leaf(2).await;
        first.number += 10;
        rest[0].number += 20;
        t.leaf(3).await;
        values.iter().map(|value| value.look()).sum()
    }
    async fn a_block_changes_a_slice_that_it_splits(t: Script) -> u32 {
        let values = [1, 2, 3, 4];
        let mut rest = slice(&values);
        t.leaf(1).await;
        let first = async { *rest.split_off_first().unwrap() }.await;
        t.leaf(2).await;
        first + rest.iter().sum::<u32>() * 2
    }
    async fn a_closure_changes_a_reference_in_a_pattern(t: Script) -> u32 {
        let values = [1, 2, 3, 4];
        let (mut first, mut rest) = (slice(&values), slice(&values));
        t.leaf(1).await;
        { let mut split = || { (first, rest) = rest.split_at(3); }; split(); }
        t.leaf(2).await;
        first.len() as u32 * 10 + rest.iter().sum::<u32>()
    }
    async fn a_closure_stands_before_the_type_of_what_it_uses(t: Script) -> u32 {
        let port = "7".parse().unwrap();
        let show = || format!("{port}").len();
        t.leaf(1).await;
        let length = show() as u32;
        t.leaf(port).await + length
    }
    async fn a_closure_matches_what_a_reference_refers_to(t: Script) -> u32 {
        let mut some = Some(t.value(3));
        let it = itself(&mut some);
        t.leaf(1).await;
        let mut more = || { if let Some(value) = it { value.number += 1; } };
        more();
        t.leaf(2).await;
        more();
        some.map_or(0, |value| value.look())
    }
    async fn closures_of_a_loop_leave_it(t: Script) -> u32 {
        let mut values = vec![t.value(1), t.value(2), t.value(3)];
        let mut all: Vec<Box<dyn FnMut() -> u32 + '_>> = Vec::new();
        for value in values.iter_mut() {
            let it = itself(value);
            t.leaf(it.number).await;
            all.push(Box::new(|| { it.number += 1; it.look() }));
        }
        let big = [9u64; 8];
        t.leaf(5).await;
        big[3] as u32 + all.iter_mut().map(|f| f() + f()).sum::<u32>()
    }
}

bodies! {
    async fn a_closure_changes_a_slice_whose_type_is_written(t: Script) -> u32 {
        let bytes = [1u8, 2, 3, 4];
        let mut input: &[u8] = &bytes;
        t.leaf(1).await;
        let mut next = || { let mut one = [0]; input.read(&mut one).map_or(9, |_| u32::from(one[0])) };
        let first = next() + next();
        t.leaf(first).await;
        input.len() as u32 * 10 + u32::from(input[0])
    }
    async fn a_closure_writes_to_a_slice_that_gets_shorter(t: Script) -> u32 {
        let mut bytes = [0u8; 4];
        let mut output: &mut [u8] = &mut bytes;
        t.leaf(1).await;
        [5, 6].iter().for_each(|byte| assert_eq!(output.write(&[*byte]).unwrap(), 1));
        t.leaf(2).await;
        let left = output.len() as u32;
        left * 100 + bytes.iter().map(|byte| u32::from(*byte)).sum::<u32>()
    }
    async fn a_block_writes_to_a_slice_that_gets_shorter(t: Script) -> u32 {
        let mut bytes = [0u8; 4];
        let mut output = &mut bytes[..];
        t.leaf(1).await;
        async { output.write_all(&[7]).unwrap(); t.leaf(2).await; output.write_all(&[8]).unwrap() }.await;
        t.leaf(3).await;
        output.len() as u32 * 100 + bytes.iter().map(|byte| u32::from(*byte)).sum::<u32>()
    }
    async fn a_closure_uses_fields_of_a_reference_that_is_changed_meanwhile(t: Script) -> u32 {
        let (one, other): ((Value, u32), (Value, u32)) = ((t.value(1), 10), (t.value(2), 20));
        let mut it = Some(&one).unwrap();
        t.leaf(1).await;
        let f = || it.0.look() + it.1;
        it = &other;
        t.leaf(2).await;
        f() * 100 + it.1
    }
    async fn closures_use_fields_and_slices_of_their_scope(t: Script) -> u32 {
        let values = vec![t.value(1), t.value(2)];
        let pair = (values.as_slice(), values.last().unwrap());
        t.leaf(1).await;
        let rest = values.as_slice();
        let all = [0, 1].map(|index| pair.0[index].look() + pair.1.look() + rest[index].look() + rest.len() as u32);
        all.iter().sum::<u32>() + pair.0.len() as u32
    }
    async fn a_closure_uses_one_field_while_another_changes(t: Script) -> u32 {
        let mut both = (vec![1, 2, 3, 4], vec![2, 4]);
        t.leaf(1).await;
        both.0.retain(|value| { both.1.push(*value); *value != 3 });
        t.leaf(2).await;
        (both.0.len() * 10 + both.1.len()) as u32
    }
}

bodies! {
    async fn closures_use_fields_of_fields_while_others_change(t: Script) -> u32 {
        struct Inner { list: Vec<u32>, seen: Vec<u32> }
        struct Outer { inner: Inner, text: String }
        let mut it = Outer { inner: Inner { list: vec![1, 2, 3], seen: vec![2] }, text: "four".to_owned() };
        t.leaf(1).await;
        it.inner.list.retain(|n| !it.inner.seen.contains(n));
        let r = &mut it;
        t.leaf(2).await;
        r.inner.list.retain(|n| { r.inner.seen.push(*n); *n > 1 });
        let text = it.text;
        let sum = || it.inner.list.iter().sum::<u32>() + it.inner.seen.len() as u32;
        t.leaf(3).await;
        sum() + sum() + text.len() as u32
    }
    async fn a_closure_begins_with_a_block(t: Script) -> u32 {
        let values = [1u32, 2, 3];
        let (r#type, more) = (values.as_slice(), values.as_slice());
        t.leaf(1).await;
        let is = |coin: bool| match coin { true => 3, false => 2 } == r#type.len();
        let less = |coin: bool| if coin { 10 } else { 20 } - more.len() as u32;
        t.leaf(2).await;
        u32::from(is(t.coin())) * 100 + less(t.coin())
    }
}

bodies! {
    async fn a_block_matches_one_field_while_another_is_changed(t: Script) -> u32 {
        struct Both { one: Option<Value>, other: Vec<u32> }
        impl Both {
            fn other(&mut self) -> &mut Vec<u32> { &mut self.other }
        }
        let mut both = Both { one: t.coin().then(|| t.value(3)), other: vec![1] };
        both.other().push(2);
        let it = itself(&mut both);
        t.leaf(1).await;
        let first = async { match it.one { Some(ref mut value) => { value.number += 1; t.leaf(value.number).await } None => 7 } };
        it.other.push(3);
        let n = first.await;
        n + both.other.len() as u32 + both.one.map_or(0, Value::finish)
    }
}
