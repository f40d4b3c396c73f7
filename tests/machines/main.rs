//! State machines against native `async`: the same bodies, compared event by event.

// `deprecated`: some bodies hold guards, which the lints of `async_fn` see.
#![allow(clippy::all, clippy::pedantic, missing_docs, unused, deprecated, unsafe_code, unreachable_pub)]

/// Each body twice, and a test that they agree.
macro_rules! bodies {
    ($($(#[$attribute:meta])* async fn $name:ident($t:ident: Script $(, $argument:ident: $ty:ty = $value:expr)*) -> $output:ty { $($body:tt)* })*) => {$(
        mod $name {
            use super::*;
            $(#[$attribute])*
            pub async fn native($t: Script $(, $argument: $ty)*) -> $output { $($body)* }
            $(#[$attribute])*
            #[zokio::async_fn]
            pub async fn machine($t: Script $(, $argument: $ty)*) -> $output { $($body)* }
            #[test]
            fn agrees() {
                zokio_tests::twin::compare(stringify!($name), |t: Script| { let $t = t.clone(); native(t $(, $value)*) }, |t: Script| { let $t = t.clone(); machine(t $(, $value)*) });
            }
            #[test]
            fn is_no_larger() {
                let t = Script::sample();
                let native = size_of_val(&{ let $t = t.clone(); native(t.clone() $(, $value)*) });
                let machine = size_of_val(&{ let $t = t.clone(); machine(t.clone() $(, $value)*) });
                crate::sizes(concat!(module_path!()), native, machine);
            }
        }
    )*};
}

mod calls;
mod captures;
mod decisions;
mod errors;
/// Where a machine is larger, and by how much: a temporary coroutine has captures of its own, a small slot beside a large one is
/// padded, and what a method may consume is held as if it did not.
const LARGER: &[(&str, usize)] = &[
    ("machines::loops::moved_in_a_loop", 8),
    ("machines::macros::joined_more_than_there_is_a_future_for", 8),
    ("machines::receivers::iterator_adaptor", 16),
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

mod layout;
mod lines;
mod loops;
mod macros;
mod moves;
mod parts;
mod patterns;
mod receivers;
mod remainders;
mod states;
mod temporaries;
