//! The methods of std's that block, and on which types they do.

use super::super::question::any;
use super::{Blocks, Locks, Nobody, Silent};

macro_rules! methods {
    ($($note:literal {
        $($module:ident: $self:ident $method:ident($($argument:ident)*) $([$($generic:tt)*] $type:ty)+;)*
    })*) => { $($(
        /// One method.
        pub mod $module {
            use super::{Blocks, Silent};

            /// Stands for it.
            #[derive(Debug)]
            pub struct Method;

            /// What is found where std's method is meant.
            pub trait Std: Sized {
                /// The warning.
                #[deprecated(note = $note)]
                fn $method(self, $($argument: super::Nobody),*) {
                    $(super::unused($argument);)*
                }
            }

            impl Silent<Method> {
                /// Nothing.
                pub fn $method(self, $($argument: super::Nobody),*) {
                    $(super::unused($argument);)*
                }
            }

            $(methods!(@$self [$($generic)*] $type);)+
            methods!(@$self);
        }
    )*)* };
    // Std's takes a reference.
    (@by_reference [$($generic:tt)*] $type:ty) => {
        impl<$($generic)*> Blocks<Method> for $type {
            type Owner = Self;
        }
        impl<$($generic)*> Std for $type {}
    };
    (@by_reference) => {};
    // Std's takes the value, and nobody's comes before it.
    (@by_value [$($generic:tt)*] $type:ty) => {
        impl<$($generic)*> Blocks<Method> for $type {
            type Owner = Method;
        }
    };
    (@by_value) => {
        impl Std for Method {}
    };
}

/// Takes an argument that nobody passes.
fn unused(_argument: Nobody) {
    any()
}

impl Locks for lock::Method {}
impl Locks for read_lock::Method {}
impl Locks for write_lock::Method {}

methods! {
    "this method of std's blocks the thread, and with it every task on it: write its counterpart in `zokio::net` or `zokio::fs` \
     and `.await`, or `zokio::spawn_blocking(..)`, or `allow(blocking_call)` where it is meant" {
        accept: by_reference accept() [] std::net::TcpListener;
        open: by_reference open(path) [] std::fs::OpenOptions;
        read: by_reference read(buffer) [] std::fs::File [] std::net::TcpStream [] std::io::Stdin [] std::io::StdinLock<'_>;
        read_exact: by_reference read_exact(buffer) [] std::fs::File [] std::net::TcpStream [] std::io::Stdin [] std::io::StdinLock<'_>;
        read_line: by_reference read_line(text) [] std::io::Stdin [] std::io::StdinLock<'_>;
        read_to_end: by_reference read_to_end(buffer) [] std::fs::File [] std::net::TcpStream [] std::io::Stdin [] std::io::StdinLock<'_>;
        read_to_string: by_reference read_to_string(text)
            [] std::fs::File [] std::net::TcpStream [] std::io::Stdin [] std::io::StdinLock<'_>;
        recv_from: by_reference recv_from(buffer) [] std::net::UdpSocket;
        recv_into: by_reference recv(buffer) [] std::net::UdpSocket;
        sync_all: by_reference sync_all() [] std::fs::File;
        sync_data: by_reference sync_data() [] std::fs::File;
        write: by_reference write(bytes) [] std::fs::File [] std::net::TcpStream;
        write_all: by_reference write_all(bytes) [] std::fs::File [] std::net::TcpStream;
    }
    "this method of std's waits for another thread or process, and with it waits every task on this thread: write \
     `zokio::spawn_blocking(..).await`, or `allow(blocking_call)` where it is meant" {
        join: by_value join() [T] std::thread::JoinHandle<T> [T] std::thread::ScopedJoinHandle<'_, T>;
        output: by_reference output() [] std::process::Command;
        status: by_reference status() [] std::process::Command;
        wait: by_reference wait() [] std::process::Child [] std::sync::Barrier;
        wait_with_output: by_value wait_with_output() [] std::process::Child;
    }
    "this method of std's waits for another thread, and with it waits every task on this thread, perhaps the one that it waits \
     for: write an async channel or lock, or `allow(blocking_call)` where it is meant" {
        recv: by_reference recv() [T] std::sync::mpsc::Receiver<T>;
        recv_timeout: by_reference recv_timeout(timeout) [T] std::sync::mpsc::Receiver<T>;
        wait_on: by_reference wait(guard) [] std::sync::Condvar;
        wait_timeout: by_reference wait_timeout(guard timeout) [] std::sync::Condvar;
        wait_while: by_reference wait_while(guard condition) [] std::sync::Condvar;
    }
    "this lock of std's is waited for in each turn of a loop, and with this task waits every other on its thread: write the lock \
     before the loop, or an async lock, or `allow(blocking_call)` where it is meant" {
        lock: by_reference lock() [T] std::sync::Mutex<T>;
        read_lock: by_reference read() [T] std::sync::RwLock<T>;
        write_lock: by_reference write() [T] std::sync::RwLock<T>;
    }
}
