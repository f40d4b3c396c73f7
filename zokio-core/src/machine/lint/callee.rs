//! Functions: whether what is called is the function of std that has its name.
//!
//! Every function has a type of its own, so both are the same function when their types are. The type of a generic one also has
//! the types of its parameters: the call of the user says which they are, and if another function is called, nothing does. Then
//! they become [`Nobody`].

use std::fmt;
use std::fs::Permissions;
use std::marker::PhantomData;
use std::net::{SocketAddr, ToSocketAddrs};
use std::path::Path;

use super::super::question::{Question, any, question};
use super::Nobody;

impl AsRef<Path> for Nobody {
    fn as_ref(&self) -> &Path {
        any()
    }
}

impl AsRef<[u8]> for Nobody {
    fn as_ref(&self) -> &[u8] {
        any()
    }
}

impl ToSocketAddrs for Nobody {
    type Iter = std::option::IntoIter<SocketAddr>;

    fn to_socket_addrs(&self) -> std::io::Result<Self::Iter> {
        any()
    }
}

/// The type of a function.
pub fn function<F>(_function: F) -> Question<F> {
    question()
}

/// A function that is called, of the type `A`, and one of std's, of the type `B`; `G` is the group that std's belongs to.
pub struct Callee<G, A, B>(PhantomData<G>, Question<A>, Question<B>);

impl<G, A, B> fmt::Debug for Callee<G, A, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Callee").field(&self.1).field(&self.2).finish()
    }
}

/// Puts the two together.
pub fn callee<G, A, B>(_group: G, called: Question<A>, std: Question<B>) -> Callee<G, A, B> {
    Callee(PhantomData, called, std)
}

/// The functions of `std::thread`.
#[derive(Debug)]
pub struct Thread;
/// The functions of `std::fs`.
#[derive(Debug)]
pub struct Files;
/// The functions of `std::net`.
#[derive(Debug)]
pub struct Sockets;

macro_rules! groups {
    ($($group:ident $module:ident $note:literal)*) => { $(
        /// The answers for one group, by the number of references before [`Callee`]: the first that fits is taken.
        pub mod $module {
            use super::{$group, Callee, Nobody, Permissions};

            /// It is the function of std.
            pub trait Std {
                /// The warning.
                #[deprecated(note = $note)]
                fn blocking_call(&self) {}
            }
            /// It is another function.
            pub trait Other<R> {
                /// Nothing.
                fn blocking_call(&self) {}
            }
            /// As above: std's takes two.
            pub trait OtherOfTwo<R> {
                /// Nothing.
                fn blocking_call(&self) {}
            }
            /// As above: std's takes a path and permissions.
            pub trait OtherOfPermissions<R> {
                /// Nothing.
                fn blocking_call(&self) {}
            }
            /// As above: std's is not generic.
            pub trait OtherPlain {
                /// Nothing.
                fn blocking_call(&self) {}
            }

            impl<T> Std for &&&&Callee<$group, T, T> {}
            impl<A, B: FnOnce(Nobody) -> R, R> Other<R> for &&&Callee<$group, A, B> {}
            impl<A, B: FnOnce(Nobody, Nobody) -> R, R> OtherOfTwo<R> for &&Callee<$group, A, B> {}
            impl<A, B: FnOnce(Nobody, Permissions) -> R, R> OtherOfPermissions<R> for &Callee<$group, A, B> {}
            impl<A, B> OtherPlain for Callee<$group, A, B> {}
        }
    )* };
}

groups! {
    Thread thread
        "this function of `std::thread` blocks the thread, and with it every task on it: write `zokio::time::sleep(..).await`, \
         or `allow(blocking_call)` where it is meant"
    Files files
        "this function of `std::fs` blocks the thread, and with it every task on it: write `zokio::fs` and `.await`, or \
         `zokio::spawn_blocking(..)`, or `allow(blocking_call)` where it is meant"
    Sockets sockets
        "this function of `std::net` blocks the thread, and with it every task on it: write `zokio::net` and `.await`, or \
         `zokio::spawn_blocking(..)`, or `allow(blocking_call)` where it is meant"
}
