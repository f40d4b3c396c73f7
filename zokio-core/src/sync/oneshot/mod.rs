//! A channel for one value: see [`channel`].

mod error;
mod receiver;
mod sender;
mod shared;

pub use self::error::{RecvError, TryRecvError};
pub use self::receiver::Receiver;
pub use self::sender::Sender;

/// Makes a channel for one value, from one task or thread to another.
///
/// ```
/// use zokio_core::sync::oneshot;
///
/// async fn example() {
///     let (sender, receiver) = oneshot::channel();
///     sender.send(42).unwrap();
///     assert_eq!(receiver.await, Ok(42));
/// }
/// # let _ = example();
/// ```
#[must_use]
pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let (sender, receiver) = shared::pair();
    (Sender::new(sender), Receiver::new(receiver))
}

#[cfg(all(test, not(loom)))]
mod tests;
