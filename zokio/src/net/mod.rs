//! TCP: [`TcpListener`], [`TcpStream`], and names of hosts.
//!
//! Names and semantics are those of `tokio::net`. A stream has two faces:
//! - [`AsyncRead`](crate::io::AsyncRead) and [`AsyncWrite`](crate::io::AsyncWrite) borrow their buffers, and what speaks
//!   `tokio::io` speaks to them;
//! - [`read_owned`](TcpStream::read_owned), [`write_all_owned`](TcpStream::write_all_owned) and the like own theirs: under
//!   io_uring the kernel reads and writes them in place, with no system call of their own.
//!
//! What waits is watched by the driver of the worker that polls it, so that sockets may wander between workers, together
//! with the task that uses them.
//!
//! ```
//! use zokio::io::{AsyncReadExt, AsyncWriteExt};
//! use zokio::net::{TcpListener, TcpStream};
//!
//! #[zokio::main(report = off)]
//! async fn main() -> std::io::Result<()> {
//!     let listener = TcpListener::bind("127.0.0.1:0").await?;
//!     let address = listener.local_addr()?;
//!     let server = zokio::spawn(async move {
//!         let (mut stream, _) = listener.accept().await?;
//!         stream.write_all(b"hello").await
//!     });
//!     let mut text = String::new();
//!     TcpStream::connect(address).await?.read_to_string(&mut text).await?;
//!     assert_eq!(text, "hello");
//!     server.await?
//! }
//! ```

mod address;
pub mod tcp;

pub use address::{ToSocketAddrs, lookup_host};
pub use tcp::listener::TcpListener;
pub use tcp::socket::TcpSocket;
pub use tcp::stream::TcpStream;
