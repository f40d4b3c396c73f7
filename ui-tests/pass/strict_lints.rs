//! The expansion adds no warning of its own to a crate that denies them all.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, missing_debug_implementations, unreachable_pub, unused_qualifications)]
#![deny(elided_lifetimes_in_paths, single_use_lifetimes, unused_results, non_local_definitions, let_underscore_drop)]

/// A runtime that others see.
#[zokio::runtime(workers = 2, io = none)]
pub struct App;

#[zokio::runtime(workers = 1, io = mio)]
#[derive(Debug)]
pub(crate) struct Small;

#[zokio::main(io = none)]
async fn main() {
    println!("{}\n{}", App::OPTIMIZATION_REPORT, Small::OPTIMIZATION_REPORT);
}
