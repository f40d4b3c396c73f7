//! Closures and `async` blocks within.

use std::io::{Read as _, Write as _};

use zokio_tests::select;
use zokio_tests::twin::{Failure, Outer, Script, Value, compare};

fn named(f: impl FnOnce() -> u32) -> u32 {
    f()
}

bodies! {
    async fn a_reference_is_moved_by_its_fields(t: Script) -> u32 {
        struct Named { name: String, number: u32 }
        fn same(named: &Named) -> &Named { named }
        let named = Named { name: "four".to_owned(), number: 4 };
        let it = same(&named);
        let leaf = t.leaf(1);
        let sum = async move { leaf.await + it.name.len() as u32 }.await;
        let length = move || it.name.len() as u32 + it.number;
        t.leaf(2).await;
        sum + length() + it.number
    }
    async fn a_field_is_moved_and_its_owner_used(t: Script) -> u32 {
        struct Both { value: Value, number: u32, pair: (u32, Value) }
        let both = Both { value: t.value(1), number: 3, pair: (4, t.value(2)) };
        let pair = (5, t.value(3), 6);
        let leaf = t.leaf(1);
        let sum = async move { leaf.await + both.number + pair.0 + pair.2 }.await;
        t.leaf(2).await;
        sum + both.value.number + both.number + both.pair.0 + both.pair.1.number + pair.1.number
    }
    async fn a_closure_moves_a_field(t: Script) -> u32 {
        let pair = (t.value(1), 2);
        let add = move |n: u32| n + pair.1;
        t.leaf(1).await;
        add(pair.0.number)
    }
    async fn by_reference(t: Script) -> u32 {
        let v = t.value(1);
        t.leaf(1).await;
        let sum: u32 = [1, 2].iter().map(|n| n + v.number).sum();
        t.leaf(2).await;
        sum + v.number
    }
    async fn mutably(t: Script) -> u32 {
        let mut n = 0;
        t.leaf(1).await;
        (1..4).for_each(|i| n += i);
        t.leaf(2).await;
        n
    }
    async fn kept_by_reference(t: Script) -> u32 {
        let v = t.value(1);
        let f = |n: u32| n + v.number;
        t.leaf(f(1)).await;
        f(2)
    }
    async fn by_move(t: Script) -> u32 {
        let v = t.value(1);
        t.leaf(1).await;
        let f = move || v.look();
        t.leaf(2).await;
        f()
    }
    async fn consumed_within(t: Script) -> u32 {
        let v = t.value(1);
        t.leaf(1).await;
        let n = Some(2).map(|n| n + id(v).number).unwrap();
        t.leaf(2).await;
        n
    }
    async fn consumed_and_borrowed_within(t: Script) -> u32 {
        let v = t.value(1);
        t.leaf(1).await;
        let n = named(|| {
            let n = if v.look() == 0 { 7 } else { 8 };
            t.leaf(2);
            n + vec![id(v)].remove(0).finish()
        });
        t.leaf(3).await;
        n
    }
    async fn consumed_by_a_method_within(t: Script) -> u32 {
        let (v, w) = (t.value(1), t.value(2));
        t.leaf(1).await;
        let n = named(|| v.finish());
        t.leaf(2).await;
        let f = || w.look();
        t.leaf(3).await;
        let n = n + named(f);
        t.leaf(4).await;
        n
    }
    async fn consumed_by_a_method_in_a_block(t: Script) -> u32 {
        let (v, w) = (t.value(1), t.value(2));
        let n = t.leaf(1).await;
        let sum = async {
            t.leaf(3).await;
            n + v.send().await + w.look()
        }.await;
        t.leaf(4).await;
        sum
    }
    async fn copied_and_changed_within(t: Script) -> u32 {
        let mut n = 0;
        t.leaf(1).await;
        [1, 2].iter().for_each(|i| { n += i; id(n); });
        t.leaf(2).await;
        n
    }
    async fn async_block(t: Script) -> u32 {
        let v = t.value(1);
        t.leaf(1).await;
        let block = async { t.leaf(v.number).await };
        let n = block.await;
        n + v.number
    }
    async fn async_move_block(t: Script) -> u32 {
        let v = t.value(1);
        let u = t.clone();
        t.leaf(1).await;
        let block = async move { u.leaf(v.look()).await + v.number };
        t.leaf(2).await;
        block.await
    }
    async fn boxed(t: Script) -> u32 {
        let v = t.value(1);
        let u = t.clone();
        let f: std::pin::Pin<Box<dyn Future<Output = u32>>> = Box::pin(async move { u.leaf(2).await + v.look() });
        t.leaf(1).await;
        f.await
    }
    async fn nested_closures(t: Script) -> u32 {
        let n = t.leaf(3).await;
        let m = t.leaf(4).await;
        let f = |x: u32| (0..x).map(|i| i * n).filter(|i| *i != m).sum::<u32>();
        t.leaf(5).await;
        f(3) + f(4)
    }
    async fn shadowing_within(t: Script) -> u32 {
        let x = t.value(1);
        t.leaf(1).await;
        let f = |x: u32| { let y = x; let x = y + 1; x };
        let n = f(x.number);
        t.leaf(2).await;
        n + x.number
    }
    async fn copied_and_still_borrowed(t: Script) -> u32 {
        let n = t.dice(50);
        t.leaf(0).await;
        let f = |more: u32| more + id(n);
        t.leaf(1).await;
        let last = n;
        t.leaf(last).await;
        let (one, other) = (t.dice(90), t.dice(90));
        t.leaf(other).await;
        f(1) + one + other
    }
}

fn id<T>(x: T) -> T {
    x
}

use std::future::Future;

bodies! {
    async fn what_branches_of_a_selection_within_a_block_use(t: Script) -> u32 {
        let n = t.leaf(1).await + 5;
        let v = t.value(2);
        let block = async { select! { m = t.leaf(3) => { let n = n + m; n + v.look() } } };
        let sum = block.await;
        t.leaf(sum).await
    }
    async fn what_they_move(t: Script) -> u32 {
        let (v, w) = (t.value(1), t.value(2));
        let s = t.clone();
        let block = async move { select! { m = s.leaf(3) => { let v = s.value(v.finish() + m); v.look() } } };
        t.leaf(4).await;
        let n = block.await + w.look();
        t.leaf(5).await + n
    }
    async fn a_field_goes_along_alone(t: Script) -> u32 {
        let pair = (t.value(1), t.value(2));
        let other = Pair { one: t.value(3), other: t.value(4) };
        let value = None.unwrap_or_else(|| pair.1);
        let block = async { [other.one][0].look() };
        t.leaf(1).await;
        let moved = || drop(pair.0);
        t.leaf(2).await;
        moved();
        value.look() + block.await + other.other.look()
    }
    async fn what_is_assigned_is_coerced(t: Script) -> u32 {
        let mut held: (Option<Box<dyn std::any::Any>>, Value) = (None, t.value(1));
        let other = t.value(2);
        let mut shown: Option<Box<dyn Fn() -> u32 + '_>> = None;
        for n in 0..3_u32 {
            drop(shown.take());
            drop(held.0.take());
            t.leaf(n).await;
            shown = Some(Box::new(|| other.look()));
            let sum = shown.as_ref().map_or(0, |look| look());
            shown = None;
            held.0 = Some(Box::new(n + sum + held.1.look()));
        }
        held.0.and_then(|last| last.downcast_ref::<u32>().copied()).unwrap_or(0)
    }
    async fn what_is_collected_of_is_taken_along(t: Script) -> usize {
        let (one, two) = (vec![t.value(1), t.value(2)].into_iter(), vec![t.value(3)].into_iter());
        let collect = || one.collect::<Vec<_>>();
        t.leaf(1).await;
        let (n, listed) = zokio::join!(t.leaf(2), async { two.collect::<Vec<_>>() });
        n as usize + listed.len() + collect().len()
    }
    async fn blocks_move_different_fields(t: Script) -> u32 {
        let options: Options = Options { one: t.value(1), other: t.value(2), third: t.value(3), number: 4 };
        let third = options.third;
        t.leaf(1).await;
        let (s, u) = (t.clone(), t.clone());
        let first = async move { s.leaf(options.one.look() + options.number).await + options.number };
        t.leaf(2).await;
        let second = async move { u.leaf(options.number).await + options.other.finish() };
        t.leaf(3).await;
        let number = options.number + first.await;
        drop(third);
        t.leaf(number).await + second.await
    }
    async fn fields_are_captured_in_guards(t: Script) -> u32 {
        let point: (u32, u32, Value) = (t.leaf(1).await, 2, t.value(3));
        let leaf = t.leaf(4);
        let block = async move { leaf.await + u32::from(matches!(point.0, 1 if point.1 == 2)) };
        t.leaf(5).await;
        block.await + point.0 + point.2.look()
    }
    async fn fields_are_captured_that_nothing_gets_to(t: Script) -> u32 {
        let point: (Value, Value, Value) = (t.value(1), t.value(2), t.value(3));
        let leaf = t.leaf(4);
        let block = async move {
            if leaf.await > 2 {
                return point.0.look();
            }
            point.1.look()
        };
        t.leaf(5).await;
        block.await + point.2.look()
    }
    async fn what_is_borrowed_first_is_consumed_by_its_closure(t: Script) -> u32 {
        let (list, third) = (vec![t.value(1), t.value(2)], Some(t.value(4)));
        t.leaf(1).await;
        let sum = t.carry((|| {
            let mut sum = list.len() as u32;
            for v in list.iter() {
                sum += v.look();
            }
            let nested = || {
                assert!(third.is_some(), "{sum}");
                third.unwrap_or_else(|| t.value(5)).number
            };
            sum += nested();
            list.into_iter().map(|v| v.finish()).sum::<u32>() + sum
        })());
        sum.await + t.leaf(2).await
    }
    async fn blocks_move_the_same_number(t: Script) -> u32 {
        let options: Options = Options { one: t.value(1), other: t.value(2), third: t.value(3), number: 4 };
        t.leaf(1).await;
        let (s, u) = (t.clone(), t.clone());
        let first = async move { s.leaf(options.number).await + options.number };
        let second = async move { u.leaf(options.number).await };
        t.leaf(first.await + second.await).await + options.one.look()
    }
    async fn closures_move_different_fields(t: Script) -> u32 {
        let pair: (Value, (Value, u32), u32) = (t.value(1), (t.value(2), 3), 4);
        t.leaf(1).await;
        let first = move || pair.0.look() + pair.2;
        if t.coin() {
            let second = move || pair.1.0.look() + pair.1.1;
            t.leaf(2).await;
            return first() + second();
        }
        t.leaf(3).await + first()
    }
}

thread_local! {
    /// What each handle refers to.
    static CURRENT: std::cell::Cell<&'static Pointed> = const { std::cell::Cell::new(&Pointed { number: 1, other: 2 }) };
}

struct Pointed {
    number: u32,
    other: u32,
}

#[derive(Clone, Copy)]
struct Handle {
    of: u32,
}

impl std::ops::Deref for Handle {
    type Target = Pointed;
    fn deref(&self) -> &Pointed {
        CURRENT.get()
    }
}

struct Options {
    one: Value,
    other: Value,
    third: Value,
    number: u32,
}

struct Pair {
    one: Value,
    other: Value,
}

macro_rules! copied {
    ($(#[$attribute:meta])* $name:ident) => {
        $(#[$attribute])*
        async fn $name(t: Script) -> u32 {
            let handle: Handle = Handle { of: t.leaf(2).await };
            let number = handle.number;
            let s = t.clone();
            let block = async move { s.leaf(1).await + handle.number };
            CURRENT.set(&Pointed { number: 50, other: 60 });
            t.leaf(3).await;
            let sum = number + block.await + handle.other + handle.of;
            CURRENT.set(&Pointed { number: 1, other: 2 });
            sum
        }
    };
}

copied!(natively);
copied!(
    #[zokio::async_fn]
    as_a_machine
);

#[test]
fn what_is_copied_is_captured_as_a_whole() {
    compare("copied", natively, as_a_machine);
}
