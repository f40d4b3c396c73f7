//! TCP through the names that programs use.

mod accept;
mod attempts;
mod faces;
mod halves;
mod sockets;

use zokio::net::{TcpListener, TcpStream};

/// Runs a body over both drivers, with one worker and with two.
macro_rules! on_both {
    ($($name:ident => $body:ident),+ $(,)?) => {$(
        mod $name {
            #[zokio::test(io = auto, report = off)]
            async fn the_best_driver() {
                super::$body().await.unwrap();
            }

            #[zokio::test(io = mio, report = off)]
            async fn mio() {
                super::$body().await.unwrap();
            }

            #[zokio::test(io = auto, workers = 2, report = off)]
            async fn the_best_driver_and_two_workers() {
                super::$body().await.unwrap();
            }
        }
    )+};
}
pub(crate) use on_both;

/// Both ends of a connection.
async fn pair() -> std::io::Result<(TcpStream, TcpStream)> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let far = zokio::spawn(async move { listener.accept().await });
    let near = TcpStream::connect(address).await?;
    let (far, peer) = far.await??;
    assert_eq!(peer, near.local_addr()?);
    Ok((near, far))
}
