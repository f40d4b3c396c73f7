//! Lints of bodies, decided by types: what the expansion asks about its calls and slots, in code that is type-checked and never run.
//!
//! Stable Rust lets no macro warn, but rustc warns where something deprecated is used. So a warning is a call of a deprecated
//! method with the span of the user's token, and whether that method is the one that is found depends on types alone: a local
//! item of the same name has another type, and finds a method that is not deprecated (autoref specialisation, David Tolnay's
//! technique). Nothing is asked where no name suggests an answer.
//!
//! What is asked about is mentioned behind a call of [`never`](fn@never): rustc infers types there, but checks no borrows, so a question may
//! mention what has been moved.

mod callee;
mod held;
pub mod method;
mod receiver;
mod size;

/// The standard library, by a path that a crate without `std` in its prelude has too.
pub use ::std;

pub use self::callee::{Callee, Files, Sockets, Thread, callee, files, function, sockets, thread};
pub use self::held::{Held, LockGuard, Neither, RefCellRef, held, held_cases, machine_slots};
pub use self::receiver::{Blocks, Locks, Receiver, Silent, StdPointer, receiver, receivers};
pub use self::size::{Large, Size, Small};

/// What stands behind it is never reached. What is read here counts as used.
pub fn never<T>(_used: T) -> ! {
    unreachable!("only for the compiler")
}

/// An argument that no call of a user's has: it fits std's generic functions where nothing else says what their argument is.
#[derive(Debug)]
pub struct Nobody(());
