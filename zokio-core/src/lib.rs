//! The core that generated zokio runtimes stand on.
#![allow(unused_imports, dead_code, reason = "the modules that use these land one by one")]

pub mod context;
pub mod driver;
pub mod handle;
#[cfg(all(test, loom))]
mod loom;
pub mod platform;
#[doc(hidden)]
pub mod plumbing;
pub(crate) mod primitive;
pub mod queue;
pub mod report;
pub mod spawn;
pub mod task;
#[cfg(test)]
mod testing;
pub mod timer;
pub(crate) mod wake;
pub mod worker;
