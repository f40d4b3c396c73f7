//! What can be connected to and bound: addresses, and names that the system resolves to addresses.

use std::io;
use std::net::{SocketAddr, ToSocketAddrs as _};
use std::vec;

use sealed::Target;

/// What [`TcpStream::connect`](super::TcpStream::connect), [`TcpListener::bind`](super::TcpListener::bind) and
/// [`lookup_host`] take: the types that implement [`std::net::ToSocketAddrs`].
///
/// Addresses, also as text, are used as they are; a host's name is resolved by the system, on a thread of the blocking
/// pool. The trait cannot be implemented outside of this crate.
pub trait ToSocketAddrs: sealed::Named {}

impl<T: sealed::Named + ?Sized> ToSocketAddrs for T {}

/// The addresses of `host`.
///
/// ```
/// #[zokio::main(report = off)]
/// async fn main() -> std::io::Result<()> {
///     for address in zokio::net::lookup_host("localhost:80").await? {
///         assert!(address.ip().is_loopback());
///     }
///     Ok(())
/// }
/// ```
///
/// # Errors
/// The system's, when it cannot resolve the name; [`InvalidInput`](io::ErrorKind::InvalidInput) when it has no port.
///
/// # Panics
/// Outside of a runtime, when `host` is a name.
///
/// # Cancel safety
/// Dropping the future loses nothing; the system's call runs to its end without it.
pub async fn lookup_host<A: ToSocketAddrs>(host: A) -> io::Result<impl Iterator<Item = SocketAddr>> {
    resolve(host).await
}

/// The addresses that a target stands for.
pub(super) async fn resolve(target: impl ToSocketAddrs) -> io::Result<vec::IntoIter<SocketAddr>> {
    match target.target(sealed::Here) {
        Target::Addresses(addresses) => Ok(addresses.into_iter()),
        Target::Host(name) => blocking(move || name.as_str().to_socket_addrs()).await,
        Target::HostAndPort(name, port) => blocking(move || (name.as_str(), port).to_socket_addrs()).await,
    }
}

async fn blocking(
    resolve: impl FnOnce() -> io::Result<vec::IntoIter<SocketAddr>> + Send + 'static,
) -> io::Result<vec::IntoIter<SocketAddr>> {
    crate::task::spawn_blocking(resolve).await?
}

/// Does `attempt` with each address until one succeeds: its result, or the last error.
pub(super) async fn try_each<R, F>(
    target: impl ToSocketAddrs,
    mut attempt: impl FnMut(SocketAddr) -> F,
) -> io::Result<R>
where
    F: Future<Output = io::Result<R>>,
{
    let mut last = None;
    for address in resolve(target).await? {
        match attempt(address).await {
            Ok(result) => return Ok(result),
            Err(error) => last = Some(error),
        }
    }
    Err(last.unwrap_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "the name stands for no address")))
}

mod sealed {
    use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};

    /// Calls of the trait come from this crate.
    #[derive(Debug)]
    pub struct Here;

    /// What is known without asking the system.
    #[derive(Debug)]
    pub enum Target {
        Addresses(Vec<SocketAddr>),
        /// `name:port`, as one text.
        Host(String),
        HostAndPort(String, u16),
    }

    pub trait Named {
        fn target(&self, here: Here) -> Target;
    }

    /// Types of which every value is one address.
    macro_rules! one_address {
        ($($address:ty),+ $(,)?) => {$(
            impl Named for $address {
                fn target(&self, _: Here) -> Target {
                    Target::Addresses(vec![SocketAddr::from(*self)])
                }
            }
        )+};
    }

    one_address!(SocketAddr, SocketAddrV4, SocketAddrV6, (IpAddr, u16), (Ipv4Addr, u16), (Ipv6Addr, u16));

    impl Named for [SocketAddr] {
        fn target(&self, _: Here) -> Target {
            Target::Addresses(self.to_vec())
        }
    }

    impl Named for str {
        fn target(&self, _: Here) -> Target {
            match self.parse() {
                Ok(address) => Target::Addresses(vec![address]),
                Err(_) => Target::Host(self.to_owned()),
            }
        }
    }

    impl Named for (&str, u16) {
        fn target(&self, _: Here) -> Target {
            let (host, port) = *self;
            match host.parse::<IpAddr>() {
                Ok(address) => Target::Addresses(vec![SocketAddr::new(address, port)]),
                Err(_) => Target::HostAndPort(host.to_owned(), port),
            }
        }
    }

    impl Named for (String, u16) {
        fn target(&self, here: Here) -> Target {
            (self.0.as_str(), self.1).target(here)
        }
    }

    impl Named for String {
        fn target(&self, here: Here) -> Target {
            self.as_str().target(here)
        }
    }

    impl<T: Named + ?Sized> Named for &T {
        fn target(&self, here: Here) -> Target {
            (**self).target(here)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::sealed::{Here, Named};
    use super::*;

    fn addresses(target: impl ToSocketAddrs) -> Vec<SocketAddr> {
        match target.target(Here) {
            Target::Addresses(addresses) => addresses,
            other => panic!("{other:?} would ask the system"),
        }
    }

    #[test]
    fn addresses_are_not_resolved() {
        let v4: SocketAddr = "127.0.0.1:80".parse().unwrap();
        let v6: SocketAddr = "[::1]:80".parse().unwrap();
        assert_eq!(addresses(v4), [v4]);
        assert_eq!(addresses("127.0.0.1:80"), [v4]);
        assert_eq!(addresses(String::from("[::1]:80")), [v6]);
        assert_eq!(addresses(("::1", 80)), [v6]);
        assert_eq!(addresses((Ipv4Addr::LOCALHOST, 80)), [v4]);
        assert_eq!(addresses(&[v4, v6][..]), [v4, v6]);
    }

    #[test]
    fn names_are() {
        assert!(matches!("localhost:80".target(Here), Target::Host(name) if name == "localhost:80"));
        assert!(matches!(("localhost", 80).target(Here), Target::HostAndPort(name, 80) if name == "localhost"));
    }
}
