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

/// Where a machine is larger, and by how much: a flag for what one of two branches keeps until the other has ended.
const LARGER: &[(&str, usize)] = &[("an_else_that_decides_keeps_them_for_its_own_else", 8)];

/// A machine is never larger than what the compiler makes of the same body, but for those above.
fn sizes(name: &str, native: usize, machine: usize) {
    let more = LARGER.iter().find(|(larger, _)| name.ends_with(larger)).map_or(0, |(_, more)| *more);
    assert!(machine <= native + more, "{name}: native {native} bytes, machine {machine}");
}
