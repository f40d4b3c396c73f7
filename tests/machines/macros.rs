//! Macros.

use zokio_tests::twin::{Failure, Outer, Script, Value};
use zokio_tests::{info, noted, rawdoc, select, stream, warn};

// Those of `elsewhere`.
macro_rules! received {
    ($leaf:expr, $script:ident, $variant:path) => {
        match ($leaf.await, Frame::any(&$script)) {
            (n, $variant(value, m)) if n < m => Ok(value),
            (n, _) => Err(Failure($script.leaf(n).await)),
        }
    };
}
macro_rules! advanced {
    ($number:ident, $script:ident) => {
        $number += $script.leaf($number).await + $crate::macros::STEP;
    };
}
macro_rules! stepped {
    ($script:ident, $first:literal, $second:expr) => {
        $script.step($first);
        $script.step($second);
    };
}
macro_rules! stepped_and {
    ($script:ident, $value:expr) => {{
        $script.step("made");
        $value
    }};
}
macro_rules! finished {
    ($frame:expr, $variant:path) => {
        match $frame {
            $variant(value, n) => Some(value.finish() + n),
            _ => None,
        }
    };
}
pub(crate) use {advanced, finished, received};
pub(crate) const STEP: u32 = 2;

bodies! {
    async fn a_macro_that_ends_with_a_statement(t: Script) -> u32 {
        macro_rules! twice { ($e:expr) => { $e; $e; }; }
        macro_rules! not_more { ($n:expr, $most:expr) => { if $n > $most { return $most; } }; }
        let mut sum = t.leaf(3).await;
        twice!(sum += 1);
        t.leaf(1).await;
        twice!(sum += t.value(2).number);
        if sum > 0 { twice!(sum += t.value(1).number); }
        not_more!(sum, 7);
        t.leaf(2).await;
        sum
    }
    async fn a_macro_that_awaits_is_gone_through(t: Script) -> u32 {
        macro_rules! same { ($e:expr) => { $e }; }
        let mut sum = 0;
        for n in same!(vec![t.leaf(1).await, 2]) {
            sum += n + t.leaf(n).await;
        }
        sum
    }
    async fn fields(t: Script) -> String {
        let (n, m, v) = (1, 2, t.value(3));
        t.leaf(1).await;
        let said = info!(n, ?m, name = ?v, v.number, m = n, "and {}", m);
        t.leaf(2).await;
        said + &info!(n, "alone {}", m) + &info!("only {}", n)
    }
    async fn formatted(t: Script) -> String {
        let name = String::from("a");
        let v = t.value(1);
        t.leaf(1).await;
        let s = format!("{name} {v:?} {} {x:>width$} {{name}}", v.number, x = name.len(), width = 4);
        t.leaf(2).await;
        s + &format!("{}-{name}", t.leaf(3).await)
    }
    async fn awaits_within(t: Script) -> String {
        let v = t.value(1);
        let s = format!("{} {} {}", t.leaf(1).await, v.number, t.leaf(2).await);
        assert_eq!(t.leaf(3).await, 3, "with {}", v.number);
        assert!(t.leaf(4).await == 4 && v.number == 1);
        s
    }
    async fn await_within_beside_another(t: Script) -> usize {
        let n = format!("{}", t.leaf(1).await).len() + vec![t.leaf(2).await; 3].len() + t.leaf(3).await as usize;
        t.leaf(4).await;
        n
    }
    async fn a_text_in_another_body_captures_what_that_binds(t: Script) -> u32 {
        let n = t.leaf(2).await;
        let length = stream! { let n = 1234; format!("{n}").len() as u32 }.await;
        t.leaf(length).await + n
    }
    async fn a_text_behind_a_target_captures(t: Script) -> u32 {
        let (n, v) = (t.leaf(2).await, t.value(5));
        let said = warn!(target: "t", "{n} {v:?} {}", format!("{n} and {}", n));
        t.step(warn!(target: "u", "{n}",));
        t.leaf(3).await;
        said.len() as u32 + n + v.look()
    }
    async fn temporaries_of_a_text_end_with_it(t: Script) -> u32 {
        t.step(format!("{}", t.value(1).detached().await));
        let n = format!("{}{}", t.value(2).look(), t.value(3).detached().await).len() as u32;
        println!("{n} {}", t.value(4).detached().await);
        n + t.value(5).look()
    }
    async fn vector(t: Script) -> u32 {
        let v = vec![t.leaf(1).await, 2, t.leaf(3).await];
        let w = vec![t.leaf(4).await; 2];
        v.iter().chain(&w).sum()
    }
    async fn matched(t: Script) -> bool {
        let r = t.fallible(3);
        t.leaf(1).await;
        matches!(r, Ok(n) if n > 2) || matches!(t.leaf(2).await, 1 | 2)
    }
    async fn joined(t: Script) -> (u32, u32) {
        let v = t.value(1);
        let r = zokio::join!(t.leaf(1), async { t.leaf(v.number).await + 1 });
        t.leaf(2).await;
        r
    }
    async fn tried(t: Script) -> Result<u32, Failure> {
        let v = t.value(1);
        let (a, b) = zokio::try_join!(async { let n = t.leaf(1).await; t.fallible(n) }, async { t.fallible(2) })?;
        Ok(a + b + v.number)
    }
    async fn joined_what_is_moved(t: Script) -> (u32, u32, u32) {
        let (v, w) = (t.value(1), t.value(2));
        let one = async { let w = w; t.leaf(1).await + w.number };
        let two = async { let v = v; t.leaf(2).await; t.leaf(3).await + v.number };
        let r = zokio::join!(one, two, { let _temporary = t.value(3); t.leaf(4) });
        t.leaf(5).await;
        r
    }
    async fn joined_one_by_one(t: Script) -> u32 {
        let (one,) = zokio::join!(t.leaf(1));
        let (two, three) = zokio::join!(biased; t.leaf(one), t.leaf(t.leaf(2).await));
        one + two + three
    }
    async fn joined_more_than_there_is_a_future_for(t: Script) -> u32 {
        let (a, b, c, d, e, f, g, h, i) = zokio::join!(
            t.leaf(1), t.leaf(2), t.leaf(3), t.leaf(4), t.leaf(5), t.leaf(6), t.leaf(7), t.leaf(8), t.leaf(9),
        );
        a + b + c + d + e + f + g + h + i
    }
    async fn tried_until_one_fails(t: Script) -> Result<u32, Failure> {
        let v = t.value(1);
        let slow = async { let v = v; t.leaf(1).await; t.leaf(2).await; Ok(v.number) };
        let fails = async { let w = t.value(2); t.leaf(3).await; t.fallible(5)?; Ok(w.number) };
        let r = zokio::try_join!(slow, fails);
        t.leaf(4).await;
        r.map(|(one, two)| one + two)
    }
    async fn written(t: Script) -> String {
        use std::fmt::Write;
        let mut s = String::new();
        write!(s, "{}", t.leaf(1).await).unwrap();
        t.leaf(2).await;
        writeln!(&mut s, "{s2}", s2 = 3).unwrap();
        s
    }
}

#[derive(Debug)]
struct Note(String);

bodies! {
    async fn what_a_text_captures_for_an_unknown_macro(t: Script) -> u32 {
        let (v, n) = (t.value(1), t.leaf(2).await);
        let width = t.leaf(6).await as usize;
        t.step(noted!("{n} and {v:?}").0);
        t.step(format!("{:?}", noted!("{n:>4} {} {{n}}", width)));
        let failed = t.fallible(n).map_err(|failure| noted!("{failure:?} after {n}"));
        t.leaf(3).await;
        if let Err(note) = failed { t.step(noted!("{note:?} {0}", v.number).0); }
        v.finish() + n
    }
}
#[expect(clippy::dbg_macro, reason = "what it does is the test")]
mod shown {
    use super::*;
    bodies! {
        async fn values_that_are_shown_are_passed_on(t: Script) -> u32 {
            let value = dbg!(t.value(1));
            let n = dbg!(t.leaf(2).await + 1);
            dbg!(&value, n);
            t.leaf(3).await;
            let (value, n) = dbg!(value, n);
            dbg!();
            #[cfg(any())]
            dbg!(t.value(9));
            t.leaf(4).await;
            value.finish() + n
        }
    }
}

bodies! {
    async fn fields_are_logged_beside_one_that_is_moved(t: Script) -> String {
        struct Batch { ids: Vec<u32>, back: Value, rest: Value }
        let batch = Batch { ids: vec![1, 2], back: t.value(1), rest: t.value(2) };
        t.leaf(batch.back.finish()).await;
        let mut said = info!(?batch.ids, n = batch.rest.number, a.b = ?batch.ids, "said {}", batch.ids.len());
        said += &warn!(target: "t", "{} {:?}", batch.rest.look(), batch.ids);
        t.leaf(2).await;
        said += &info!(batch.rest.number, "and {}", batch.rest.finish());
        said
    }
    async fn conditions_within_branches_of_a_selection(t: Script) -> u32 {
        let mut n = 0;
        select! {
            m = t.leaf(3) => {
                n += m;
                #[cfg(any())]
                told_elsewhere!("{}", n);
                #[cfg(all())]
                { n += 1; }
                n += t.leaf(n).await;
            }
        }
        n
    }
    async fn what_a_branch_of_a_selection_does_not_bind(t: Script) -> u32 {
        let mut n = select! {
            _ = t.carry(t.value(1)) => { t.leaf(2).await }
        };
        select! {
            (mut v, .., 1) | (mut v, _, _) = t.carry((t.value(3), t.value(4), 1)) => {
                n += t.leaf(v.change(1).number).await;
                drop(v);
                n += t.leaf(5).await;
            }
        }
        n
    }
    async fn statements_made_in_braces(t: Script) -> u32 {
        stepped! { t, "at", "first" }
        let n = t.leaf(1).await;
        if n > 0 {
            stepped! { t, "then", "within" }
        }
        stepped! { t, "at", "last" }
        let m = if n > 1 { stepped_and! { t, 2 } } else { stepped_and! { t, n } };
        t.leaf(n + m).await
    }
    async fn a_document_takes_its_values(t: Script) -> u32 {
        let (one, other) = (t.value(1), t.value(2));
        let number = t.leaf(3).await;
        let document = rawdoc! { "one": one, "number": number, "other": other.look() };
        t.leaf(number).await;
        document.iter().map(|(key, value)| key.len() as u32 * value.0).sum::<u32>() + other.look()
    }
}

/// Of another crate, whose rules are not seen. A coroutine would just await.
#[zokio::async_fn(machine = explicit)]
async fn hides_an_await(ready: bool) -> u32 {
    let mut there = ready;
    let n = zokio_tests::waited_for!(std::future::poll_fn(|_| {
        if std::mem::replace(&mut there, true) { std::task::Poll::Ready(1) } else { std::task::Poll::Pending }
    }));
    n + 1
}

#[test]
fn an_await_that_is_hidden_is_told_where_it_waits() {
    use std::task::{Context, Poll, Waker};
    let poll = |ready| std::pin::pin!(hides_an_await(ready)).poll(&mut Context::from_waker(Waker::noop()));
    assert_eq!(poll(true), Poll::Ready(2));
    let panic = std::panic::catch_unwind(|| poll(false)).unwrap_err();
    let told = panic.downcast_ref::<&str>().expect("a text");
    assert!(told.contains("a macro of this body awaits") && told.contains("machine = rustc"), "{told}");
}
