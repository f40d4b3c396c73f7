//! An async runtime that is generated at compile time for your program.

pub mod fs;
pub mod future;
pub mod io;
#[doc(hidden)]
pub mod macros;
pub mod net;
pub mod runtime;
pub mod signal;
pub mod sync;
pub mod task;
pub mod time;

pub use task::{spawn, spawn_blocking, spawn_local};

#[doc(hidden)]
pub use zokio_core::plumbing;

/// The attributes that make runtimes; [`runtime`](macro@runtime) has the table of their keys.
#[doc(inline)]
pub use zokio_macros::{StateMachine, async_block, async_fn, main, runtime, select, test};

pub use zokio_core::machine::by_hand::Machine;
pub use zokio_core::machine::{Layout, SlotLayout, State, StateMachine};
