//! An async runtime that is generated at compile time for your program.

pub mod runtime;
pub mod time;

#[doc(hidden)]
pub use zokio_core::plumbing;
