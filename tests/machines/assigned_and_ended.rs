//! What is awaited and assigned, and how bodies end that end without a value.

use std::collections::BTreeMap;

use zokio_tests::twin::{Failure, Script, Value};

type Nothing = ();

struct Entry {
    value: Value,
    other: Option<Value>,
    list: Vec<Value>,
}

async fn made(t: &Script, number: u32) -> Value {
    t.leaf(number).await;
    t.value(number)
}

async fn tried(t: &Script, number: u32) -> Result<Value, Failure> {
    let number = t.leaf(number).await;
    t.fallible(number)?;
    Ok(t.value(number))
}

async fn borrowed<'a>(t: &Script, value: &'a Value) -> &'a Value {
    t.leaf(1).await;
    value
}

fn leaves(t: &Script) -> ! {
    t.step("leaves");
    panic!("left")
}

async fn leaves_later(t: &Script) -> std::convert::Infallible {
    t.leaf(2).await;
    leaves(t)
}

/// As the macros that are called so it is no formatting.
macro_rules! format {
    ($first:expr, $($rest:expr),*) => { $first.len() as u32 $(+ $rest)* };
}

bodies! {
    async fn what_is_awaited_is_assigned_to_fields(t: Script) -> Result<u32, Failure> {
        let mut entry = Entry { value: t.value(1), other: None, list: vec![t.value(2), t.value(3)] };
        entry.value = made(&t, 4).await;
        entry.other = Some(tried(&t, 1).await?);
        entry.list[0] = tried(&t, 2).await?;
        entry.list[t.leaf(1).await as usize] = made(&t, 5).await;
        let place = &mut entry.value;
        *place = made(&t, 6).await;
        place.number = t.leaf(3).await;
        entry.other = None;
        let sum = entry.value.look() + entry.list.iter().map(Value::look).sum::<u32>();
        t.leaf(sum).await;
        Ok(sum)
    }
    async fn what_is_awaited_is_assigned_to_locals(t: Script, a: Value = t.value(9)) -> Result<u32, Failure> {
        let mut value = a;
        let a_second = t.value(8);
        let later;
        let looked;
        if t.coin() {
            value = tried(&t, 2).await?;
            later = made(&t, 3).await;
        } else {
            later = tried(&t, 4).await?;
        }
        for number in 0..2 {
            value = made(&t, number).await.with(number);
            t.leaf(value.look()).await;
        }
        looked = borrowed(&t, &later).await;
        t.leaf(1).await;
        let mut sum = looked.look();
        sum = tried(&t, sum).await?.finish() + sum;
        sum = match t.leaf(sum).await { 0 => 1, other => other };
        (sum, _) = (t.leaf(2).await, made(&t, 3).await);
        Ok(sum + value.finish())
    }
    async fn what_borrows_of_what_is_assigned_ends_before(t: Script) -> u32 {
        struct Looks<'a>(&'a [Value]);
        impl Drop for Looks<'_> {
            fn drop(&mut self) {
                self.0.iter().for_each(|value| { value.look(); });
            }
        }
        async fn looks<'a>(t: &Script, values: &'a [Value]) -> Looks<'a> {
            t.leaf(1).await;
            Looks(values)
        }
        let more = |looks: Looks<'_>| (0..=looks.0.len() as u32).map(|number| t.value(number)).collect::<Vec<_>>();
        struct Kept { list: Vec<Value> }
        let mut kept = Kept { list: vec![t.value(1)] };
        kept.list = more(looks(&t, &kept.list).await);
        let mut list = vec![t.value(2)];
        list = more(looks(&t, &list).await);
        t.leaf(2).await;
        (kept.list.len() + list.len()) as u32
    }
    async fn what_is_awaited_is_assigned_in_a_map(t: Script) -> Result<u32, Failure> {
        let mut map = BTreeMap::from([(1, t.value(1))]);
        *map.entry(2).or_insert_with(|| t.value(2)) = made(&t, 3).await;
        *map.get_mut(&1).expect("it is there") = tried(&t, 1).await?;
        let mut numbers = [map[&1].look(), 0];
        numbers[1] = t.leaf(2).await;
        numbers[0] += tried(&t, 2).await?.finish();
        let one = map.remove(&2);
        t.leaf(numbers[0]).await;
        Ok(one.map_or(0, Value::finish) + numbers[1])
    }
    async fn what_ends_in_returns_has_no_value(t: Script) -> Result<u32, Failure> {
        let value = made(&t, 1).await;
        if t.coin() {
            return Ok(value.finish());
        } else if t.coin() {
            let number = tried(&t, 2).await?.finish();
            return Ok(number + value.look());
        }
        match t.leaf(2).await {
            0..2 => return Ok(value.look()),
            number => return Ok(made(&t, number).await.finish()),
        };
    }
    async fn what_never_ends_has_no_value(t: Script) -> u32 {
        let value = made(&t, 1).await;
        if value.look() < t.leaf(5).await {
            return value.finish();
        }
        leaves(&t);
    }
    async fn what_awaits_what_never_ends_has_no_value(t: Script) -> u32 {
        let value = made(&t, 1).await;
        match t.coin() {
            true => return value.finish(),
            false => {}
        }
        match leaves_later(&t).await {}
    }
    async fn a_loop_that_is_left_by_returns_has_no_value(t: Script, a: Value = t.value(3)) -> Value {
        let mut count = 0;
        loop {
            count += t.leaf(1).await;
            if count > 2 {
                return a;
            }
        };
    }
    async fn nothing_by_another_name_is_the_value(t: Script) -> Nothing {
        let value = made(&t, 1).await;
        t.leaf(value.look()).await;
    }
    async fn what_has_the_name_of_a_format_string_asks_for_nothing(t: Script) -> u32 {
        let sum = format!("{} {}", t.leaf(1).await, 2, 3);
        t.leaf(sum).await + std::format!("{0} {0:?} {sum:>width$} {{}} {:.*}", 2, 0.5, width = 4).len() as u32
    }
    async fn arms_that_all_await_have_a_value(t: Script, a: Option<Value> = Some(t.value(2))) -> Result<u32, Failure> {
        let number = match a {
            Some(value) if t.coin() => t.leaf(value.look()).await + value.finish(),
            Some(mut value) => { *value.change(1) = tried(&t, 1).await?; value.look() }
            None => t.leaf(1).await,
        };
        let what = match (t.leaf(number).await, made(&t, 2).await) {
            (0, value) => tried(&t, 2).await?.look() + value.look(),
            (_, Value { number, .. }) => -(t.leaf(number).await as i32) as u32,
        };
        Ok(!t.leaf(what % 7).await ^ number)
    }
}

/// What the compiler does not find in a coroutine, it does not find in a machine.
#[allow(clippy::out_of_bounds_indexing)]
mod unlinted {
    use super::*;

    bodies! {
        async fn what_panics_for_certain_compiles(t: Script) -> u32 {
            let list = [1, 2];
            if t.coin() {
                return t.leaf(1).await;
            }
            t.leaf(list[0]).await;
            list[2]
        }
    }
}

mod unit {
    pub(super) type Result = ();
}

#[zokio::async_fn]
async fn an_alias(t: &Script) -> unit::Result {
    if t.coin() {
        t.leaf(1).await;
    }
}

#[zokio::async_fn]
async fn filled_with_a_brace(t: &Script) -> String {
    t.leaf(1).await;
    std::format!("{:}>1$}", 1, 4)
}

#[test]
fn what_looks_wrong_and_is_not_is_a_machine() {
    fn names<M: zokio::StateMachine>(_: &M) -> usize {
        M::LAYOUT.slots().len()
    }
    let t = Script::sample();
    assert_eq!((names(&an_alias(&t)), names(&filled_with_a_brace(&t))), (2, 2));
}
