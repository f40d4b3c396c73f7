//! Why a task has no output.

use std::any::Any;
use std::sync::Mutex;
use std::{fmt, io};

use super::id::Id;

/// Why awaiting a [`JoinHandle`](super::JoinHandle) gave no output: the task panicked, or it was cancelled by
/// [`abort`](super::JoinHandle::abort) or by the runtime's shutdown.
pub struct JoinError {
    id: Id,
    kind: Kind,
}

enum Kind {
    Cancelled,
    // The lock makes the error `Sync` although the payload is only `Send`; it is never contended.
    Panic(Mutex<Box<dyn Any + Send + 'static>>),
}

impl JoinError {
    pub(super) const fn cancelled(id: Id) -> Self {
        Self { id, kind: Kind::Cancelled }
    }

    pub(super) const fn panic(id: Id, payload: Box<dyn Any + Send>) -> Self {
        Self { id, kind: Kind::Panic(Mutex::new(payload)) }
    }

    /// Which task it is that has no output.
    #[must_use]
    pub const fn id(&self) -> Id {
        self.id
    }

    /// Whether the task was cancelled.
    #[must_use]
    pub const fn is_cancelled(&self) -> bool {
        matches!(self.kind, Kind::Cancelled)
    }

    /// Whether the task panicked.
    #[must_use]
    pub const fn is_panic(&self) -> bool {
        matches!(self.kind, Kind::Panic(_))
    }

    /// The panic's payload, for [`std::panic::resume_unwind`].
    ///
    /// # Panics
    /// When the task did not panic but was cancelled; [`try_into_panic`](Self::try_into_panic) asks first.
    #[track_caller]
    #[must_use]
    pub fn into_panic(self) -> Box<dyn Any + Send + 'static> {
        match self.try_into_panic() {
            Ok(payload) => payload,
            Err(error) => panic!("`JoinError::into_panic` on a task that did not panic: {error}"),
        }
    }

    /// The panic's payload.
    ///
    /// # Errors
    /// Gives the error back when the task did not panic.
    pub fn try_into_panic(self) -> Result<Box<dyn Any + Send + 'static>, Self> {
        match self.kind {
            Kind::Panic(payload) => Ok(payload.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)),
            Kind::Cancelled => Err(Self { id: self.id, kind: Kind::Cancelled }),
        }
    }

    /// What the panic said, where it said it in text.
    fn message(&self) -> Option<String> {
        let Kind::Panic(payload) = &self.kind else {
            return None;
        };
        let payload = payload.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let text = payload.downcast_ref::<&'static str>().map(|text| (*text).to_owned());
        text.or_else(|| payload.downcast_ref::<String>().cloned())
    }
}

impl fmt::Display for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.kind, self.message()) {
            (Kind::Cancelled, _) => f.write_str("task was cancelled"),
            (Kind::Panic(_), Some(message)) => write!(f, "task panicked with message {message:?}"),
            (Kind::Panic(_), None) => f.write_str("task panicked"),
        }
    }
}

impl fmt::Debug for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.kind, self.message()) {
            (Kind::Cancelled, _) => f.write_str("JoinError::Cancelled"),
            (Kind::Panic(_), Some(message)) => write!(f, "JoinError::Panic({message:?})"),
            (Kind::Panic(_), None) => f.write_str("JoinError::Panic(..)"),
        }
    }
}

impl std::error::Error for JoinError {}

impl From<JoinError> for io::Error {
    fn from(error: JoinError) -> Self {
        Self::other(error)
    }
}
