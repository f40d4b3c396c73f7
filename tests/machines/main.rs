//! State machines against native `async`: the same bodies, compared event by event.

// `deprecated`: some bodies hold guards, which the lints of `async_fn` see.
#![allow(clippy::all, clippy::pedantic, missing_docs, unused, deprecated, unsafe_code, unreachable_pub)]

use std::task::{Context, Poll, Waker};

#[macro_use]
#[path = "../support/bodies.rs"]
mod bodies;

mod adaptors;
mod added;
mod assertions;
mod assigned_and_ended;
mod async_closures;
mod awaited;
mod calls;
mod captures;
mod checked;
mod coerced;
mod conventions;
mod decisions;
mod declared;
mod deep;
mod elsewhere;
mod errors;
mod evaluated;
mod expanded;
mod given_out;
mod guards;
mod handed_on;
mod implemented;
mod itself;
/// Where a machine is larger, and by how much: a temporary coroutine has captures of its own, a small slot beside a large one is
/// padded, what a method may consume is held as if it did not, a place that is matched again is kept as a reference, a closure has room for a slice in what it passes on, and
/// what is within a closure has an address beside what it holds. A macro that may return, or leave a loop, has a way out of its coroutine.
const LARGER: &[(&str, usize)] = &[
    ("machines::async_closures::a_block_of_a_closure_that_consumes", 16),
    ("machines::async_closures::futures_go_on_without_the_closure", 24),
    ("machines::async_closures::of_an_iterator", 24),
    ("machines::async_closures::one_that_consumes", 8),
    ("machines::async_closures::what_is_lent_for_each_call", 8),
    ("machines::calls::awaits_and_breaks_in_a_macro", 48),
    ("machines::calls::awaits_and_continues_in_a_macro", 8),
    ("machines::calls::awaits_and_returns_in_a_macro", 48),
    ("machines::calls::awaits_and_returns_nothing_in_a_macro", 32),
    ("machines::evaluated::a_message_moves", 8),
    ("machines::guards::an_index_that_a_guard_changes", 8),
    ("machines::loops::moved_in_a_loop", 8),
    ("machines::macros::conditions_within_branches_of_a_selection", 8),
    ("machines::macros::joined_more_than_there_is_a_future_for", 8),
    ("machines::receivers::an_iterator_of_values_and_of_references", 8),
    ("machines::receivers::iterator_adaptor", 16),
    ("machines::passed_on::a_closure_passes_on_what_is_no_reference", 8),
    ("machines::temporaries::of_what_is_matched_or_else_awaits", 8),
];

/// A machine is never larger than what the compiler makes of the same body, but for those above.
fn sizes(name: &str, native: usize, machine: usize) {
    let more = LARGER.iter().find(|(larger, _)| *larger == name).map_or(0, |(_, more)| *more);
    assert!(machine <= native + more, "{name}: native {native} bytes, machine {machine}");
}

/// Ten wrappers around a large argument cost one copy of it.
#[test]
fn wrappers_pass_their_argument_on() {
    macro_rules! wrappers {
        ($inner:ident $($name:ident)*) => {
            #[zokio::async_fn]
            async fn $inner(x: [u8; 1024]) -> usize { std::future::ready(()).await; x.len() }
            wrappers!(@ $inner $($name)*);
        };
        (@ $inner:ident $name:ident $($rest:ident)*) => {
            #[zokio::async_fn]
            async fn $name(x: [u8; 1024]) -> usize { $inner(x).await }
            wrappers!(@ $name $($rest)*);
        };
        (@ $last:ident) => { assert!(size_of_val(&$last([0; 1024])) <= 1126, "{}", size_of_val(&$last([0; 1024]))); };
    }
    wrappers!(leaf one two three four five six seven eight nine ten);
}

/// So does an argument that is looked at on the way: no borrow of it remains.
#[test]
fn what_is_read_is_passed_on_all_the_same() {
    struct Request {
        path: u32,
        body: [u8; 1024],
    }
    #[zokio::async_fn]
    async fn innermost(request: Request) -> usize {
        std::future::ready(()).await;
        request.body.len()
    }
    #[zokio::async_fn]
    async fn checked(mut request: Request) -> usize {
        if request.path == 0 {
            return 0;
        }
        request.body[0] += 1;
        innermost(request).await
    }
    #[zokio::async_fn]
    async fn routed(request: Request) -> usize {
        let path = request.path;
        match request.path % 2 {
            0 => checked(request).await,
            _ => checked(request).await + path as usize,
        }
    }
    let request = |path| Request { path, body: [0; 1024] };
    assert!(size_of_val(&routed(request(1))) <= 1100, "{}", size_of_val(&routed(request(1))));
    let returned = |path| match std::pin::pin!(routed(request(path))).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(length) => length,
        Poll::Pending => unreachable!("nothing waits"),
    };
    assert_eq!([0, 1, 2].map(returned), [0, 1025, 1024]);
}

mod layout;
mod left_early;
mod lent;
mod lines;
mod loops;
mod macros;
mod moves;
mod named_alike;
mod named_as_several;
mod nested;
mod never_waits;
mod of_locals;
mod ordered;
mod parts;
mod passed_on;
mod patterns;
mod receivers;
mod references;
mod remainders;
mod signatures;
mod states;
mod temporaries;
mod updated;
mod watched;
mod without_size;
