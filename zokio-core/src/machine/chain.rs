//! From a machine that waits down to what it waits for.
//!
//! A chain is read from outside, while nobody polls the machine, and reads nothing but tags: no reference to a machine or to
//! what it holds is made, since its slots borrow each other.

use std::future::Future;
use std::pin::Pin;

use super::asked;
use super::{State, StateMachine};

/// Where the machines of a chain stand, from the outermost inwards.
#[derive(Debug, Default)]
pub struct Chain {
    pub(crate) machines: Vec<Standing>,
}

/// A machine, and where it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Standing {
    /// The name of its function.
    pub(crate) name: &'static str,
    pub(crate) state: &'static State,
}

impl Chain {
    /// One machine more.
    pub fn push(&mut self, name: &'static str, state: &'static State) {
        self.machines.push(Standing { name, state });
    }
}

/// Reads the chain of a future that may be a machine.
///
/// # Safety
/// `future` points to a pinned future that nobody polls, moves or drops meanwhile, with everything that was done to it done before.
pub(crate) unsafe fn read<T: Future>(future: *const T, chain: &mut Chain) {
    if let Some(known) = asked::ask::<T>() {
        // SAFETY: the caller's promise; the function is that of the type.
        unsafe { (known.read)(future.cast(), chain) };
    }
}

/// Whom to ask what it waits for: the future at this address. What it is, autoref specialisation finds out.
#[derive(Debug)]
pub struct Link<T>(pub *const T);

/// Reads what stands behind pointers that own a future, or borrow it for themselves: each is no more than an address, and whoever
/// has it has the future for itself.
macro_rules! pointers {
    ($(#[$doc:meta])* $name:ident, $depth:literal: $($link:ty),*) => {
        $(#[$doc])*
        pub trait $name {
            /// Reads the chain.
            ///
            /// # Safety
            /// The link's address is that of the future that a machine awaits of which that is true that [`StateMachine::chain`] asks for.
            unsafe fn follow(&self, chain: &mut Chain);
        }
        $(impl<T: Future> $name for $link {
            #[inline]
            unsafe fn follow(&self, chain: &mut Chain) {
                let mut address: *const () = self.0.cast();
                for _ in 0..$depth {
                    // SAFETY: the pointers are full, are transparent around an address, and what they point to is theirs.
                    address = unsafe { address.cast::<*const ()>().read() };
                }
                // SAFETY: whoever polls the machine is the only one who may poll what it points to.
                unsafe { read::<T>(address.cast(), chain) };
            }
        })*
    };
}

pointers! {
    /// Pointers to pointers.
    Twice, 2: &&Link<&mut Pin<Box<T>>>, &&Link<&mut Pin<&mut T>>, &&Link<&mut Box<T>>, &&Link<Pin<&mut Pin<Box<T>>>>
}

pointers! {
    /// Pointers.
    Once, 1: &&&Link<Pin<Box<T>>>, &&&Link<Box<T>>, &&&Link<Pin<&mut T>>, &&&Link<&mut T>
}

/// Reads machines, people's own included.
pub trait Within {
    /// As [`Once::follow`].
    ///
    /// # Safety
    /// As there.
    unsafe fn follow(&self, chain: &mut Chain);
}

impl<T: StateMachine> Within for &Link<T> {
    #[inline]
    unsafe fn follow(&self, chain: &mut Chain) {
        // SAFETY: the caller's promise.
        unsafe { T::chain(self.0, chain) };
    }
}

/// Everything else: type parameters, which may be machines, and futures that are none.
pub trait Perhaps {
    /// As [`Once::follow`].
    ///
    /// # Safety
    /// As there.
    unsafe fn follow(&self, chain: &mut Chain);
}

impl<T: Future> Perhaps for Link<T> {
    #[inline]
    unsafe fn follow(&self, chain: &mut Chain) {
        // SAFETY: the caller's promise.
        unsafe { read(self.0, chain) };
    }
}

/// The traits that have to be in scope where a chain is followed.
pub mod follow {
    pub use super::{Once as _, Perhaps as _, Twice as _, Within as _};
}
