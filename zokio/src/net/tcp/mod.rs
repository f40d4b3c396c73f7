//! The halves of a [`TcpStream`](super::TcpStream): borrowed ones from [`split`](super::TcpStream::split), owned ones from
//! [`into_split`](super::TcpStream::into_split).

mod half;
mod incoming;
mod into_split;
pub(super) mod listener;
mod options;
mod owned;
mod platform;
pub(super) mod socket;
mod split;
pub(super) mod stream;
mod transfer;

pub use into_split::{OwnedReadHalf, OwnedWriteHalf, ReuniteError};
pub use split::{ReadHalf, WriteHalf};
