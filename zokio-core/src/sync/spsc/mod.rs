//! A bounded channel from one sender to one receiver: see [`channel`].

mod error;
mod receiver;
mod ring;
mod sender;

use crate::primitive::Arc;

pub use self::error::{SendError, TryRecvError, TrySendError};
pub use self::receiver::Receiver;
use self::ring::Ring;
pub use self::sender::Sender;

/// Makes a channel for at most `N` values at once, from one sender to one receiver. `N` is a power of two.
///
/// Sending and receiving without waiting are wait-free: neither side ever waits for a step of the other's. One side allocates, once, what both share.
///
/// ```
/// use zokio_core::sync::spsc;
///
/// async fn example() {
///     let (mut sender, mut receiver) = spsc::channel::<_, 16>();
///     sender.send(1).await.unwrap();
///     sender.send(2).await.unwrap();
///     drop(sender);
///     assert_eq!(receiver.recv().await, Some(1));
///     assert_eq!(receiver.recv().await, Some(2));
///     assert_eq!(receiver.recv().await, None);
/// }
/// # let _ = example();
/// ```
#[must_use]
pub fn channel<T, const N: usize>() -> (Sender<T, N>, Receiver<T, N>) {
    let ring = Arc::new(Ring::new());
    (Sender::new(Arc::clone(&ring)), Receiver::new(ring))
}

#[cfg(all(test, not(loom)))]
mod tests;
