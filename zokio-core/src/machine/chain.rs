//! From a machine that waits down to what it waits for.
//!
//! A chain is read from outside, while nobody polls the machine, and reads nothing but tags: no reference to a machine or to
//! what it holds is made, since its slots borrow each other.

use std::future::Future;
use std::marker::PhantomData;

use super::asked::Type;
use super::{Said, State, StateMachine};

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
    /// As far as it is looked at: without what is held there, and what may follow.
    pub(crate) state: State,
}

impl Chain {
    /// One machine more, of which this is said, in the state of this number.
    pub(super) fn stand(&mut self, said: &Said, state: usize) {
        self.push(said.name, &said.state(state));
    }

    /// One machine more.
    pub fn push(&mut self, name: &'static str, state: &State) {
        self.machines.push(Standing { name, state: State { held: &[], successors: &[], ..*state } });
    }
}

/// Reads the chain of a future that may be a machine.
///
/// # Safety
/// `future` points to a pinned future of this type that nobody polls, moves or drops meanwhile, with everything that was done to it done before.
pub(crate) unsafe fn read(ty: Type, future: *const (), chain: &mut Chain) {
    if let Some(known) = ty.ask() {
        // SAFETY: the caller's promise; this was said of its type.
        unsafe { known.read(future, chain) };
    }
}

/// How a chain goes on from what a machine awaits.
#[derive(Debug, Clone, Copy)]
pub enum Onward {
    /// It may be a machine, or one may stand behind so many pointers that own it, or borrow it for themselves.
    Perhaps(Type, usize),
    /// It is a machine, whose chain is read so.
    Own(unsafe fn(*const (), &mut Chain)),
}

impl Onward {
    /// Reads the chain.
    ///
    /// # Safety
    /// `future` is the address of what a machine awaits, of which that is true that [`StateMachine::chain`] asks for; and this was
    /// found out about it by a [`Link`].
    pub(super) unsafe fn follow(self, future: *const (), chain: &mut Chain) {
        match self {
            Self::Perhaps(ty, pointers) => {
                let mut address = future;
                for _ in 0..pointers {
                    // Each is no more than an address, and whoever has it has the future for itself.
                    // SAFETY: the pointers are full, are transparent around an address, and what they point to is theirs.
                    address = unsafe { address.cast::<*const ()>().read() };
                }
                // SAFETY: whoever polls the machine is the only one who may poll what it points to.
                unsafe { read(ty, address, chain) };
            }
            // SAFETY: the caller's promise.
            Self::Own(read) => unsafe { read(future, chain) },
        }
    }
}

/// How a chain goes on from what a machine awaits, a `T`.
pub trait Follow<T> {
    /// How.
    const ONWARD: Onward;
}

/// It stands behind so many pointers.
#[derive(Debug)]
pub struct Behind<F, const POINTERS: usize>(PhantomData<fn() -> F>);

impl<T, F, const POINTERS: usize> Follow<T> for Behind<F, POINTERS> {
    const ONWARD: Onward = Onward::Perhaps(Type::of::<F>(), POINTERS);
}

/// It is a machine: people's own included.
#[derive(Debug)]
pub struct Own;

impl<T: StateMachine> Follow<T> for Own {
    const ONWARD: Onward = {
        unsafe fn read<T: StateMachine>(machine: *const (), chain: &mut Chain) {
            // SAFETY: the caller's promise.
            unsafe { T::chain(machine as *const T, chain) };
        }
        Onward::Own(read::<T>)
    };
}

/// It may be a machine of ours: type parameters, what functions return, and futures that are none.
#[derive(Debug)]
pub struct Perhaps;

impl<T> Follow<T> for Perhaps {
    const ONWARD: Onward = Onward::Perhaps(Type::of::<T>(), 0);
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
