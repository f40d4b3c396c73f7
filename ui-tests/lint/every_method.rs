#![deny(deprecated)]

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::process::{Child, Command};
use std::sync::{Barrier, Condvar, Mutex, RwLock, mpsc};
use std::thread::{JoinHandle, ScopedJoinHandle};
use std::time::Duration;

#[zokio::async_fn]
async fn input_and_output(
    mut file: File,
    stream: &mut TcpStream,
    listener: TcpListener,
    socket: UdpSocket,
) -> io::Result<()> {
    let mut bytes = Vec::new();
    let mut text = String::new();
    let mut stdin = io::stdin().lock();
    drop(listener.accept());
    drop(OpenOptions::new().read(true).open("name"));
    file.read(&mut bytes)?;
    file.read_exact(&mut bytes)?;
    file.read_to_end(&mut bytes)?;
    file.read_to_string(&mut text)?;
    file.write(&bytes)?;
    file.write_all(&bytes)?;
    file.sync_all()?;
    file.sync_data()?;
    stream.read(&mut bytes)?;
    stream.read_exact(&mut bytes)?;
    stream.read_to_end(&mut bytes)?;
    stream.read_to_string(&mut text)?;
    stream.write(&bytes)?;
    stream.write_all(&bytes)?;
    stdin.read(&mut bytes)?;
    stdin.read_exact(&mut bytes)?;
    stdin.read_to_end(&mut bytes)?;
    stdin.read_to_string(&mut text)?;
    io::stdin().read_line(&mut text)?;
    socket.recv(&mut bytes)?;
    socket.recv_from(&mut bytes)?;
    Ok(())
}

#[zokio::async_fn]
async fn waiting<'s>(
    handle: JoinHandle<u8>,
    scoped: ScopedJoinHandle<'s, u8>,
    mut child: Child,
    barrier: &Barrier,
    receiver: mpsc::Receiver<u8>,
    condvar: &Condvar,
    mutex: &Mutex<u8>,
    lock: &RwLock<u8>,
) {
    drop(handle.join());
    drop(scoped.join());
    drop(Command::new("name").output());
    drop(Command::new("name").status());
    drop(child.wait());
    barrier.wait();
    drop(child.wait_with_output());
    let _ = receiver.recv();
    let _ = receiver.recv_timeout(Duration::ZERO);
    if let Ok(guard) = mutex.lock() {
        drop(condvar.wait(guard));
    }
    if let Ok(guard) = mutex.lock() {
        drop(condvar.wait_while(guard, |number| *number > 0));
    }
    if let Ok(guard) = mutex.lock() {
        drop(condvar.wait_timeout(guard, Duration::ZERO));
    }
    loop {
        drop(mutex.lock());
        drop(lock.read());
        drop(lock.write());
    }
}

fn main() {
    let _ = (input_and_output, waiting);
}
