//! From a machine that waits down to what it waits for.
//!
//! A chain is read from outside, while nobody polls the machine, and reads nothing but tags: no reference to a machine or to
//! what it holds is made, since its slots borrow each other.

use std::future::Future;
use std::marker::PhantomData;

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
pub(crate) unsafe fn read<T>(future: *const T, chain: &mut Chain) {
    if let Some(known) = asked::ask::<T>() {
        // SAFETY: the caller's promise; the function is that of the type.
        unsafe { (known.read)(future.cast(), chain) };
    }
}

/// How a chain goes on from what a machine awaits, a `T`.
pub trait Follow<T> {
    /// Reads the chain.
    ///
    /// # Safety
    /// `future` is the address of what a machine awaits, of which that is true that [`StateMachine::chain`] asks for; and this was
    /// found out about it by a [`Link`].
    unsafe fn follow(future: *const T, chain: &mut Chain);
}

/// It stands behind so many pointers that own it, or borrow it for themselves: each is no more than an address, and whoever has it
/// has the future for itself.
#[derive(Debug)]
pub struct Behind<F, const POINTERS: usize>(PhantomData<fn() -> F>);

impl<T, F, const POINTERS: usize> Follow<T> for Behind<F, POINTERS> {
    #[inline]
    unsafe fn follow(future: *const T, chain: &mut Chain) {
        let mut address: *const () = future.cast();
        for _ in 0..POINTERS {
            // SAFETY: the pointers are full, are transparent around an address, and what they point to is theirs.
            address = unsafe { address.cast::<*const ()>().read() };
        }
        // SAFETY: whoever polls the machine is the only one who may poll what it points to.
        unsafe { read::<F>(address.cast(), chain) };
    }
}

/// It is a machine: people's own included.
#[derive(Debug)]
pub struct Own;

impl<T: StateMachine> Follow<T> for Own {
    #[inline]
    unsafe fn follow(future: *const T, chain: &mut Chain) {
        // SAFETY: the caller's promise.
        unsafe { T::chain(future, chain) };
    }
}

/// It may be a machine of ours: type parameters, what functions return, and futures that are none.
#[derive(Debug)]
pub struct Perhaps;

impl<T> Follow<T> for Perhaps {
    #[inline]
    unsafe fn follow(future: *const T, chain: &mut Chain) {
        // SAFETY: the caller's promise.
        unsafe { read(future, chain) };
    }
}

/// The future at this address: how a chain [goes on](Follow) there, autoref specialisation finds out.
#[derive(Debug)]
pub struct Link<T>(pub *const T);

/// The traits that have to be in scope where that is found out.
pub mod chains {
    use std::pin::Pin;

    use super::super::StateMachine;
    use super::super::question::any;
    use super::{Behind, Future, Link, Own, Perhaps};

    macro_rules! pointers {
        ($(#[$doc:meta])* $name:ident, $depth:literal: $($link:ty),*) => {
            $(#[$doc])*
            pub trait $name<F> {
                /// How the chain goes on.
                fn __zokio_kind(&self) -> Behind<F, $depth> {
                    any()
                }
            }
            $(impl<T: Future> $name<T> for $link {})*
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

    /// Machines.
    pub trait IsOwn {
        /// How the chain goes on.
        fn __zokio_kind(&self) -> Own {
            any()
        }
    }

    impl<T: StateMachine> IsOwn for &Link<T> {}

    /// Everything else.
    pub trait IsPerhaps {
        /// How the chain goes on.
        fn __zokio_kind(&self) -> Perhaps {
            any()
        }
    }

    impl<T> IsPerhaps for Link<T> {}
}
