//! Reading and writing: the traits, and what is built on them.
//!
//! The traits are tokio's own, which need no runtime: whatever is written against `tokio::io` (framing, TLS, HTTP) works
//! with zokio's streams and files. They *borrow* buffers, and dropping one of their futures loses nothing.
//!
//! [`IoBuf`] and [`IoBufMut`] are for the calls that *own* their buffer, such as
//! [`TcpStream::read_owned`](crate::net::TcpStream::read_owned): a completion driver has the kernel fill it in place. Such
//! a call takes the buffer and returns it beside the result; [`Slice`] is a part of a buffer, as a buffer.
//!
//! ```
//! use zokio::io::{AsyncReadExt, AsyncWriteExt};
//!
//! #[zokio::main(report = off)]
//! async fn main() -> zokio::io::Result<()> {
//!     let (mut near, mut far) = zokio::io::duplex(64);
//!     near.write_all(b"hello").await?;
//!     drop(near);
//!     let mut text = String::new();
//!     far.read_to_string(&mut text).await?;
//!     assert_eq!(text, "hello");
//!     Ok(())
//! }
//! ```

#[doc(no_inline)]
pub use std::io::{Error, ErrorKind, Result, SeekFrom};

pub use tokio::io::{
    AsyncBufRead, AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncSeek, AsyncSeekExt, AsyncWrite, AsyncWriteExt,
    BufReader, BufStream, BufWriter, Chain, DuplexStream, Empty, Join, Lines, ReadBuf, ReadHalf, Repeat, SimplexStream,
    Sink, Split, Take, WriteHalf, copy, copy_bidirectional, copy_bidirectional_with_sizes, copy_buf, duplex, empty,
    join, repeat, simplex, sink, split,
};

pub use zokio_core::driver::{IoBuf, IoBufMut, Slice};
