//! What the halves of a stream have, borrowed or owned: each passes it on to the stream in its field.

/// What a reading half does.
macro_rules! read_half {
    ($half:ty) => {
        impl $half {
            /// [`TcpStream::peek`].
            ///
            /// # Errors
            /// The system's.
            ///
            /// # Cancel safety
            /// Dropping the future loses nothing.
            pub async fn peek(&mut self, buf: &mut [u8]) -> io::Result<usize> {
                self.0.peek(buf).await
            }

            /// [`TcpStream::poll_peek`].
            ///
            /// # Errors
            /// The system's.
            pub fn poll_peek(&mut self, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<usize>> {
                self.0.poll_peek(cx, buf)
            }

            /// [`TcpStream::readable`].
            ///
            /// # Errors
            /// The system's, when it cannot watch the socket.
            ///
            /// # Cancel safety
            /// Dropping the future loses nothing.
            pub async fn readable(&self) -> io::Result<()> {
                self.0.readable().await
            }

            /// [`TcpStream::try_read`].
            ///
            /// # Errors
            /// The system's; [`WouldBlock`](io::ErrorKind::WouldBlock) when there is nothing.
            pub fn try_read(&self, buf: &mut [u8]) -> io::Result<usize> {
                self.0.try_read(buf)
            }

            /// [`TcpStream::read_owned`].
            ///
            /// # Errors
            /// The system's. The buffer comes back with them.
            ///
            /// # Cancel safety
            /// As [`TcpStream::read_owned`].
            pub async fn read_owned<B: IoBufMut + Send>(&mut self, buffer: B) -> (io::Result<usize>, B) {
                self.0.read_owned(buffer).await
            }

            /// [`TcpStream::read_exact_owned`].
            ///
            /// # Errors
            /// As [`TcpStream::read_exact_owned`].
            ///
            /// # Cancel safety
            /// As [`TcpStream::read_owned`].
            pub async fn read_exact_owned<B: IoBufMut + Send>(&mut self, buffer: B) -> (io::Result<()>, B) {
                self.0.read_exact_owned(buffer).await
            }
        }

        impl AsyncRead for $half {
            fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
                self.0.poll_read_shared(cx, buf)
            }
        }

        addresses!($half);
    };
}
pub(super) use read_half;

/// What a writing half does; how it shuts down is its own.
macro_rules! write_half {
    ($half:ty, $shutdown:item) => {
        impl $half {
            /// [`TcpStream::writable`].
            ///
            /// # Errors
            /// The system's, when it cannot watch the socket.
            ///
            /// # Cancel safety
            /// Dropping the future loses nothing.
            pub async fn writable(&self) -> io::Result<()> {
                self.0.writable().await
            }

            /// [`TcpStream::try_write`].
            ///
            /// # Errors
            /// The system's; [`WouldBlock`](io::ErrorKind::WouldBlock) when there is no room.
            pub fn try_write(&self, buf: &[u8]) -> io::Result<usize> {
                self.0.try_write(buf)
            }

            /// [`TcpStream::try_write_vectored`].
            ///
            /// # Errors
            /// The system's; [`WouldBlock`](io::ErrorKind::WouldBlock) when there is no room.
            pub fn try_write_vectored(&self, bufs: &[IoSlice<'_>]) -> io::Result<usize> {
                self.0.try_write_vectored(bufs)
            }

            /// [`TcpStream::write_owned`].
            ///
            /// # Errors
            /// The system's. The buffer comes back with them.
            ///
            /// # Cancel safety
            /// As [`TcpStream::write_owned`].
            pub async fn write_owned<B: IoBuf + Send>(&mut self, buffer: B) -> (io::Result<usize>, B) {
                self.0.write_owned(buffer).await
            }

            /// [`TcpStream::write_all_owned`].
            ///
            /// # Errors
            /// As [`TcpStream::write_all_owned`].
            ///
            /// # Cancel safety
            /// As [`TcpStream::write_owned`].
            pub async fn write_all_owned<B: IoBuf + Send>(&mut self, buffer: B) -> (io::Result<()>, B) {
                self.0.write_all_owned(buffer).await
            }
        }

        impl AsyncWrite for $half {
            fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
                self.0.poll_write_shared(cx, buf)
            }

            fn poll_write_vectored(
                self: Pin<&mut Self>,
                cx: &mut Context<'_>,
                bufs: &[IoSlice<'_>],
            ) -> Poll<io::Result<usize>> {
                self.0.poll_write_vectored_shared(cx, bufs)
            }

            fn is_write_vectored(&self) -> bool {
                true
            }

            /// Does nothing: what was written is with the kernel already.
            fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
                Poll::Ready(Ok(()))
            }

            $shutdown
        }

        addresses!($half);
    };
}
pub(super) use write_half;

/// The addresses of the stream.
macro_rules! addresses {
    ($half:ty) => {
        impl $half {
            /// The address of this end.
            ///
            /// # Errors
            /// The system's.
            pub fn local_addr(&self) -> io::Result<SocketAddr> {
                self.0.local_addr()
            }

            /// The address of the other end.
            ///
            /// # Errors
            /// The system's: `NotConnected` when the connection is gone.
            pub fn peer_addr(&self) -> io::Result<SocketAddr> {
                self.0.peer_addr()
            }
        }

        impl AsRef<TcpStream> for $half {
            fn as_ref(&self) -> &TcpStream {
                &self.0
            }
        }
    };
}
pub(super) use addresses;
