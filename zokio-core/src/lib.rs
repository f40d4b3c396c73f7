//! The core that generated zokio runtimes stand on.
#![allow(unused_imports, dead_code, reason = "the modules that use these land one by one")]

pub mod context;
pub mod driver;
pub mod handle;
pub(crate) mod primitive;
pub mod queue;
pub mod platform;
#[doc(hidden)]
pub mod plumbing;
pub mod report;
pub mod spawn;
pub mod task;
pub mod timer;
pub(crate) mod wake;
pub mod worker;
#[cfg(all(test, loom))]
mod loom;
#[cfg(test)]
mod testing;
