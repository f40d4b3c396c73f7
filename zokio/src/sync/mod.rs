//! Synchronisation between tasks, and with threads that drive none: names and semantics are those of `tokio::sync`, where
//! that has the like.

/// A channel for one value: see [`channel`](oneshot::channel).
pub mod oneshot {
    pub use zokio_core::sync::oneshot::{Receiver, Sender, channel};

    /// Why nothing was received.
    pub mod error {
        pub use zokio_core::sync::oneshot::{RecvError, TryRecvError};
    }
}

/// A bounded channel from one sender to one receiver, which tokio has not: see [`channel`](spsc::channel).
pub mod spsc {
    pub use zokio_core::sync::spsc::{Receiver, Sender, channel};

    /// Why nothing was sent or received.
    pub mod error {
        pub use zokio_core::sync::spsc::{SendError, TryRecvError, TrySendError};
    }
}

pub use zokio_core::sync::semaphore::{
    AcquireError, OwnedSemaphorePermit, Semaphore, SemaphorePermit, TryAcquireError,
};
