//! Workers: who polls which task, on which thread, and how a thread without work sleeps.
//!
//! Every thread that drives futures has a [seat]: a driver, a timer and pinned tasks. With one worker that is all
//! there is ([`one`]). With several, each worker thread has a queue besides ([`run`]), all share an inbox ([`stealing`]),
//! and the thread in `block_on` has a seat without a queue ([`many`]).

mod cost;
pub(crate) mod ending;
pub(crate) mod home;
pub(crate) mod idle;
pub(crate) mod mailbox;
pub(crate) mod park;
pub mod strategy;

pub(crate) mod many;
pub(crate) mod one;
pub mod plan;
mod root;
mod run;
pub(crate) mod seat;
pub(crate) mod stealing;
mod turns;

pub use many::WorkStealing;
pub use one::OneWorker;
#[cfg(all(test, not(loom)))]
mod tests;
