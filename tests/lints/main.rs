//! What expansions of bodies are to lints: nothing. Here are bodies with every construct, in a crate as strict as crates are; that it
//! compiles is the test, with `cargo clippy` as with `cargo test`. Each body is run as well, since a body that does nothing would be no body.
//!
//! Silenced is one lint that is about public functions themselves (`future_not_send`: some futures here are not `Send`).

#![forbid(unsafe_code)]
#![deny(
    warnings,
    future_incompatible,
    keyword_idents,
    let_underscore,
    nonstandard_style,
    rust_2018_idioms,
    rust_2021_compatibility,
    rust_2024_compatibility,
    unused,
    ambiguous_negative_literals,
    closure_returning_async_block,
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    macro_use_extern_crate,
    meta_variable_misuse,
    missing_abi,
    missing_copy_implementations,
    missing_debug_implementations,
    missing_docs,
    non_ascii_idents,
    redundant_imports,
    redundant_lifetimes,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings,
    unnameable_types,
    unreachable_pub,
    unused_import_braces,
    unused_lifetimes,
    unused_macro_rules,
    unused_qualifications,
    unused_results,
    variant_size_differences
)]
#![deny(clippy::all, clippy::pedantic, clippy::nursery)]
#![allow(clippy::future_not_send)]

mod conditions;
mod lines;
mod loops;
mod macros;
mod matches;
mod moves;
mod signatures;
mod temporaries;

use std::fmt::Debug;

/// Something with a destructor, and methods of all kinds.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Value {
    number: u32,
    text: String,
}

impl Value {
    fn new(number: u32) -> Self {
        Self { number, text: number.to_string() }
    }

    const fn look(&self) -> u32 {
        self.number
    }

    const fn change(&mut self, by: u32) -> &mut Self {
        self.number += by;
        self
    }

    fn finish(self) -> u32 {
        self.number + u32::try_from(self.text.len()).unwrap_or(0)
    }

    const fn with(mut self, more: u32) -> Self {
        self.number += more;
        self
    }

    #[zokio::async_fn]
    async fn wait(&mut self) -> u32 {
        self.number += later(1).await;
        self.number
    }

    #[zokio::async_fn]
    async fn send(self) -> u32 {
        later(0).await + self.number
    }
}

/// An error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Failure(u32);

/// Waits once, then it is the number.
async fn later(number: u32) -> u32 {
    zokio_tests::yield_now().await;
    number
}

async fn fallible(number: u32) -> Result<u32, Failure> {
    if later(number).await > 9 { Err(Failure(number)) } else { Ok(number) }
}

/// The future is driven to its end.
#[track_caller]
fn gives<T: Debug + PartialEq>(future: impl Future<Output = T>, expected: &T) {
    assert_eq!(zokio_tests::One::start().block_on(future), *expected);
}
