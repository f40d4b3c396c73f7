//! State machines against native `async` in the edition of 2021, in which the temporaries of an `if let` and of what a block ends with
//! live until the statement around ends.

#![cfg(test)]
// `deprecated`: some bodies hold guards, which the lints of `async_fn` see.
#![allow(clippy::all, clippy::pedantic, missing_docs, unused, deprecated, unsafe_code, unreachable_pub)]

#[macro_use]
#[path = "../support/bodies.rs"]
mod bodies;
mod blocks;
mod branches;

/// A machine is never larger than what the compiler makes of the same body.
fn sizes(name: &str, native: usize, machine: usize) {
    assert!(machine <= native, "{name}: native {native} bytes, machine {machine}");
}
