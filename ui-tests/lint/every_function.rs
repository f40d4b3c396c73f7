#![deny(deprecated)]

use std::fs::{self, File};
use std::net::{SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::thread;
use std::time::Duration;

#[zokio::async_fn]
async fn every_function(a: &str, address: SocketAddr) -> std::io::Result<()> {
    thread::sleep(Duration::ZERO);
    thread::park();
    thread::park_timeout(Duration::ZERO);
    drop(fs::canonicalize(a));
    drop(fs::copy(a, a));
    drop(fs::create_dir(a));
    drop(fs::create_dir_all(a));
    drop(fs::exists(a));
    drop(fs::hard_link(a, a));
    drop(fs::metadata(a));
    drop(fs::read(a));
    drop(fs::read_dir(a));
    drop(fs::read_link(a));
    drop(fs::read_to_string(a));
    drop(fs::remove_dir(a));
    drop(fs::remove_dir_all(a));
    drop(fs::remove_file(a));
    drop(fs::rename(a, a));
    let permissions = fs::symlink_metadata(a)?.permissions();
    drop(fs::set_permissions(a, permissions));
    drop(fs::write(a, a));
    drop(File::create(a));
    drop(File::create_new(a));
    drop(File::open(a));
    drop(TcpListener::bind(a));
    drop(TcpStream::connect(a));
    drop(TcpStream::connect_timeout(&address, Duration::ZERO));
    drop(UdpSocket::bind(a));
    Ok(())
}

fn main() {
    drop(every_function("", SocketAddr::from(([127, 0, 0, 1], 0))));
}
