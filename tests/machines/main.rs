//! State machines against native `async`: the same bodies, compared event by event.

#![allow(clippy::all, clippy::pedantic, missing_docs, unused, unsafe_code, unreachable_pub)]

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
        }
    )*};
}

mod captures;
mod decisions;
mod errors;
mod lines;
mod loops;
mod macros;
mod moves;
mod parts;
mod patterns;
mod temporaries;
