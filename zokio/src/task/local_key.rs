//! Values that belong to a task: the macro `task_local!`, and the keys that it declares.

use std::cell::RefCell;
use std::error::Error;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::thread::LocalKey as ThreadKey;

use pin_project_lite::pin_project;

/// Declares statics of which each task has values of its own, of the type [`LocalKey`](crate::task::LocalKey).
///
/// ```
/// zokio::task_local! {
///     /// Which request the task works for.
///     pub static REQUEST: u32;
/// }
///
/// #[zokio::main(flavor = "current_thread", report = off)]
/// async fn main() {
///     let answer = REQUEST.scope(7, async { REQUEST.get() * 6 }).await;
///     assert_eq!(answer, 42);
///     assert!(REQUEST.try_with(|_| ()).is_err(), "the scope has ended");
/// }
/// ```
#[macro_export]
macro_rules! task_local {
    () => {};
    ($(#[$attribute:meta])* $visibility:vis static $name:ident: $ty:ty; $($rest:tt)*) => {
        $crate::task_local! { $(#[$attribute])* $visibility static $name: $ty }
        $crate::task_local! { $($rest)* }
    };
    ($(#[$attribute:meta])* $visibility:vis static $name:ident: $ty:ty) => {
        $(#[$attribute])*
        $visibility static $name: $crate::task::LocalKey<$ty> = {
            ::std::thread_local! {
                static VALUE: ::core::cell::RefCell<::core::option::Option<$ty>> =
                    const { ::core::cell::RefCell::new(::core::option::Option::None) };
            }
            $crate::task::LocalKey::__new(&VALUE)
        };
    };
}

/// A key of values that belong to tasks, declared by [`task_local!`](crate::task_local).
///
/// A value is there while a future of [`scope`](Self::scope) is polled, for all that this polls in turn. Between its polls the value is in the
/// future, so it goes where its task goes.
pub struct LocalKey<T: 'static> {
    value: &'static ThreadKey<RefCell<Option<T>>>,
}

impl<T: 'static> LocalKey<T> {
    /// For the macro.
    #[doc(hidden)]
    #[must_use]
    pub const fn __new(value: &'static ThreadKey<RefCell<Option<T>>>) -> Self {
        Self { value }
    }

    /// Has `future` see `value` under this key. The value is dropped with the future, or when that is ready.
    ///
    /// # Cancel safety
    /// That of the future. When it is dropped, it sees the value too.
    pub fn scope<F: Future>(&'static self, value: T, future: F) -> TaskLocalFuture<T, F> {
        TaskLocalFuture { key: self, value: Some(value), future: Some(future) }
    }

    /// Has `f` see `value` under this key.
    ///
    /// # Panics
    /// When the value that is there is borrowed, by [`with`](Self::with).
    #[track_caller]
    pub fn sync_scope<R>(&'static self, value: T, f: impl FnOnce() -> R) -> R {
        let mut value = Some(value);
        match self.entered(&mut value, f) {
            Ok(result) => result,
            Err(error) => error.panic(),
        }
    }

    /// Calls `f` with the value.
    ///
    /// # Panics
    /// Outside of a scope of the key.
    #[track_caller]
    pub fn with<R>(&'static self, f: impl FnOnce(&T) -> R) -> R {
        match self.try_with(f) {
            Ok(result) => result,
            Err(error) => panic!("{error}: call this within `scope` or `sync_scope` of the key"),
        }
    }

    /// Calls `f` with the value.
    ///
    /// # Errors
    /// Outside of a scope of the key.
    pub fn try_with<R>(&'static self, f: impl FnOnce(&T) -> R) -> Result<R, AccessError> {
        let found = self.value.try_with(|value| value.borrow().as_ref().map(f));
        found.ok().flatten().ok_or(AccessError(()))
    }

    /// A copy of the value.
    ///
    /// # Panics
    /// As [`with`](Self::with).
    #[track_caller]
    pub fn get(&'static self) -> T
    where
        T: Clone,
    {
        self.with(Clone::clone)
    }

    /// A copy of the value.
    ///
    /// # Errors
    /// Outside of a scope of the key.
    pub fn try_get(&'static self) -> Result<T, AccessError>
    where
        T: Clone,
    {
        self.try_with(Clone::clone)
    }

    /// Calls `f` while what is under the key and `value` have changed places.
    fn entered<R>(&'static self, value: &mut Option<T>, f: impl FnOnce() -> R) -> Result<R, ScopeError> {
        self.exchange(value)?;
        let _entered = Entered { key: self, value };
        Ok(f())
    }

    fn exchange(&'static self, value: &mut Option<T>) -> Result<(), ScopeError> {
        self.value
            .try_with(|present| {
                let mut present = present.try_borrow_mut().map_err(|_| ScopeError::Borrowed)?;
                std::mem::swap(&mut *present, value);
                Ok(())
            })
            .unwrap_or(Err(ScopeError::Gone))
    }
}

impl<T: 'static> fmt::Debug for LocalKey<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalKey").finish_non_exhaustive()
    }
}

/// Puts back what was under the key, also when what is called panics.
struct Entered<'v, T: 'static> {
    key: &'static LocalKey<T>,
    value: &'v mut Option<T>,
}

impl<T: 'static> Drop for Entered<'_, T> {
    fn drop(&mut self) {
        // It worked when it was entered, and whoever has borrowed it since has given it back: `with` ends before.
        let exchanged = self.key.exchange(self.value);
        debug_assert!(exchanged.is_ok() || std::thread::panicking(), "a scope ends where it began");
    }
}

/// Why no scope can begin.
#[derive(Debug)]
enum ScopeError {
    Borrowed,
    Gone,
}

impl ScopeError {
    #[cold]
    #[track_caller]
    fn panic(&self) -> ! {
        match self {
            Self::Borrowed => panic!("cannot enter the scope of a task-local while its value is borrowed by `with`"),
            Self::Gone => panic!("cannot enter the scope of a task-local while the thread ends: its values are gone"),
        }
    }
}

/// The key has no value here: nothing around is a scope of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct AccessError(());

impl fmt::Debug for AccessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessError")
    }
}

impl fmt::Display for AccessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("task-local value not set")
    }
}

impl Error for AccessError {}

pin_project! {
    /// A future that sees a value under a key: see [`LocalKey::scope`].
    #[must_use = "futures do nothing unless they are awaited or polled"]
    pub struct TaskLocalFuture<T: 'static, F> {
        key: &'static LocalKey<T>,
        value: Option<T>,
        #[pin]
        future: Option<F>,
    }

    impl<T: 'static, F> PinnedDrop for TaskLocalFuture<T, F> {
        fn drop(this: Pin<&mut Self>) {
            let this = this.project();
            if this.future.is_some() {
                let mut future = this.future;
                // Where no scope can begin, it is dropped without one.
                let _ = this.key.entered(this.value, || future.set(None));
            }
        }
    }
}

impl<T: 'static, F> TaskLocalFuture<T, F> {
    /// The value, unless it was taken; while the future is polled it is elsewhere.
    pub fn take_value(self: Pin<&mut Self>) -> Option<T> {
        self.project().value.take()
    }
}

impl<T: 'static, F: Future> Future for TaskLocalFuture<T, F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let mut future = this.future;
        let polled = this.key.entered(this.value, || {
            let poll = future.as_mut().as_pin_mut()?.poll(context);
            if poll.is_ready() {
                // It sees the value as it is dropped.
                future.set(None);
            }
            Some(poll)
        });
        match polled {
            Ok(Some(poll)) => poll,
            Ok(None) => panic!("the future of a task-local's scope was polled after it had been ready"),
            Err(error) => error.panic(),
        }
    }
}

impl<T: fmt::Debug + 'static, F> fmt::Debug for TaskLocalFuture<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TaskLocalFuture").field("value", &self.value).finish_non_exhaustive()
    }
}
