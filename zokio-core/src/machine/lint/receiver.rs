//! Receivers: whether a method's receiver is a type of std's on which that method blocks, or leads there through `Deref`.
//!
//! That decides whether the method is called once more, now on a value of the receiver's type, with a trait of ours in scope
//! whose method of that name takes std's type *by value*. Method lookup finds it before std's own, which takes a reference, and
//! after whatever a type in front of it has: so if the user's own type or trait has a method of that name there, it is found
//! instead, and nothing is said. Values of ours are moved there, so nobody may check borrows.

use std::cell::{Ref, RefMut};
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::{Arc, LazyLock, MutexGuard, RwLockReadGuard, RwLockWriteGuard};

/// A receiver of the type `T`, on which the method that `M` stands for is called.
pub struct Receiver<M, T: ?Sized>(PhantomData<M>, PhantomData<*const T>);

impl<M, T: ?Sized> Clone for Receiver<M, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M, T: ?Sized> Copy for Receiver<M, T> {}

impl<M, T: ?Sized> fmt::Debug for Receiver<M, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Receiver")
    }
}

/// A receiver whose type is not known yet.
pub fn receiver<M, T: ?Sized>(_method: M) -> Receiver<M, T> {
    Receiver(PhantomData, PhantomData)
}

impl<M, T: ?Sized> Receiver<M, T> {
    /// The place says what the type is.
    pub fn is(self, _place: &T) {}
}

/// A type of std's on which the method that `M` stands for blocks, or a reference to one.
pub trait Blocks<M> {
    /// The type without its references: to a reference, std's own method would be found first.
    type Owner;
}

impl<M, T: Blocks<M>> Blocks<M> for &T {
    type Owner = T::Owner;
}

impl<M, T: Blocks<M>> Blocks<M> for &mut T {
    type Owner = T::Owner;
}

/// A pointer of std's: it has no methods of these names.
pub trait StdPointer: Deref {}

impl<T: ?Sized> StdPointer for Arc<T> {}
impl<T: ?Sized> StdPointer for Rc<T> {}
impl<T: ?Sized> StdPointer for Box<T> {}
impl<T: StdPointer> StdPointer for Pin<T> {}
impl<T> StdPointer for LazyLock<T> {}
impl<T: ?Sized> StdPointer for MutexGuard<'_, T> {}
impl<T: ?Sized> StdPointer for RwLockReadGuard<'_, T> {}
impl<T: ?Sized> StdPointer for RwLockWriteGuard<'_, T> {}
impl<T: ?Sized> StdPointer for Ref<'_, T> {}
impl<T: ?Sized> StdPointer for RefMut<'_, T> {}
impl<T: StdPointer + ?Sized> StdPointer for &T {}
impl<T: StdPointer + ?Sized> StdPointer for &mut T {}

/// The methods of locks: they are looked for behind every `Deref`, since locks are often behind one that is not std's. The others
/// are not: where such a type has a generic method of that name, nothing would say what its parameters are.
pub trait Locks {}

/// What the method is called on where nothing is to be said.
pub struct Silent<M>(PhantomData<M>);

impl<M> fmt::Debug for Silent<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Silent")
    }
}

/// The answers, by the number of references before [`Receiver`]: the first that fits is taken.
pub mod receivers {
    use super::super::super::question::any;
    use super::{Blocks, Deref, Locks, Receiver, Silent, StdPointer};

    macro_rules! answers {
        ($($trait:ident)*) => { $(
            /// An answer: see [`receivers`](self).
            pub trait $trait<R> {
                /// What the method is called on.
                fn receiver(&self) -> R {
                    any()
                }
            }
        )* };
    }
    answers!(Itself BehindOne BehindTwo BehindLock BehindLocks Elsewhere);

    impl<M, T: Blocks<M>> Itself<T::Owner> for &&&&&Receiver<M, T> {}
    impl<M, T: StdPointer> BehindOne<T> for &&&&Receiver<M, T> where T::Target: Blocks<M> {}
    impl<M, T: StdPointer> BehindTwo<T> for &&&Receiver<M, T>
    where
        T::Target: StdPointer,
        <T::Target as Deref>::Target: Blocks<M>,
    {
    }
    impl<M: Locks, T: Deref> BehindLock<T> for &&Receiver<M, T> where T::Target: Blocks<M> {}
    impl<M: Locks, T: Deref> BehindLocks<T> for &Receiver<M, T>
    where
        T::Target: Deref,
        <T::Target as Deref>::Target: Blocks<M>,
    {
    }
    impl<M, T: ?Sized> Elsewhere<Silent<M>> for Receiver<M, T> {}
}
