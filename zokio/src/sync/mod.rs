//! Synchronisation between tasks, and with threads that drive none: names and semantics are those of `tokio::sync`.

/// A channel for one value: see [`channel`](oneshot::channel).
pub mod oneshot {
    pub use zokio_core::sync::oneshot::{Receiver, Sender, channel};

    /// Why nothing was received.
    pub mod error {
        pub use zokio_core::sync::oneshot::{RecvError, TryRecvError};
    }
}

pub use zokio_core::sync::semaphore::{
    AcquireError, OwnedSemaphorePermit, Semaphore, SemaphorePermit, TryAcquireError,
};
