//! What assertions say when they fail: the user's words, not the machine's.

use std::future::{Future, ready};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Mutex;
use std::task::{Context, Waker};

macro_rules! both {
    (async fn $name:ident $arguments:tt -> u32 $body:tt) => {
        mod $name {
            use super::*;
            pub async fn native $arguments -> u32 $body
            #[zokio::async_fn]
            pub async fn machine $arguments -> u32 $body
        }
    };
}

both! {
    async fn asserting(n: u32, text: String) -> u32 {
        let awaited = ready(n).await;
        assert!(awaited > 1 && !text.is_empty());
        debug_assert!(matches!(awaited, 2..=5),);
        assert!(ready(awaited).await == 2);
        assert!({ let seen = awaited; seen == 9 } || text != "b");
        assert!(text.len() < 3, "{text} is {} {{}}", ready(awaited).await);
        assert_ne!(text.len(), 2, "{text} is {}", ready(awaited).await);
        assert!(text.len() == 7, "{text} is {} {{}}", awaited);
        awaited
    }
}

both! {
    async fn comparing(n: u32, m: u32) -> u32 {
        let byte = ready(n).await as u8;
        assert_eq!(n + 1, m, "{n} and {}", ready(m).await);
        assert_eq!(byte as u32, 1, "a byte, {}", ready(byte).await);
        assert_ne!(n, n & m | 1 << (n >> 8), "{n} {}", ready(m).await);
        assert_eq!(n > 0 && m < 600, true, "{}", ready("not both").await);
        assert!(Place { line: n } == Place { line: m }, "line {n}, not {}", ready(m).await);
        byte.into()
    }
}

both! {
    async fn locking(lock: &Mutex<u32>) -> u32 {
        assert!(lock.lock().is_ok_and(|locked| *locked == 1));
        assert!(*lock.lock().expect("not poisoned") == ready(2).await);
        1
    }
}

#[derive(PartialEq)]
struct Place {
    line: u32,
}

/// What a future says as it panics at its first poll.
fn said(future: impl Future<Output = u32>) -> String {
    let mut future = pin!(future);
    let polled = catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(&mut Context::from_waker(Waker::noop()))));
    let panic = polled.expect_err("an assertion fails");
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).expect("a text")
}

#[test]
fn assertions_say_what_they_say_natively() {
    for (n, text) in [(0, "a"), (2, ""), (7, "a"), (3, "a"), (2, "b"), (2, "bbb"), (2, "cc"), (2, "c")] {
        assert_eq!(said(asserting::machine(n, text.to_owned())), said(asserting::native(n, text.to_owned())));
    }
}

#[test]
fn assertions_with_operators_say_what_they_say_natively() {
    for (n, m) in [(1, 1), (2, 3), (1, 2), (769, 770), (257, 258)] {
        assert_eq!(said(comparing::machine(n, m)), said(comparing::native(n, m)), "{n} and {m}");
    }
}

/// What a condition has of temporaries ends before its assertion fails.
#[test]
fn an_assertion_that_fails_poisons_no_lock_of_its_condition() {
    let (one, other) = (Mutex::new(1), Mutex::new(1));
    assert_eq!(said(locking::machine(&one)), said(locking::native(&other)));
    assert_eq!((one.is_poisoned(), other.is_poisoned()), (false, false));
}
