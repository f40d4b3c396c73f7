//! What assertions say when they fail: the user's words, not the machine's.

use std::future::{Future, ready};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::{Context, Waker};

macro_rules! both {
    (async fn asserting $arguments:tt -> u32 $body:tt) => {
        async fn native $arguments -> u32 $body
        #[zokio::async_fn]
        async fn machine $arguments -> u32 $body
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
        assert_eq!(said(machine(n, text.to_owned())), said(native(n, text.to_owned())));
    }
}
