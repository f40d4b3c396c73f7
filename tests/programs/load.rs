//! A load for the echo example: starts it, connects, checks every byte, and ends it with Ctrl-C.
//!
//! `load PROGRAM [ARGUMENT ...]` runs the program on a free port, opens 10,000 connections one after the other and 512 at
//! once, sends each what no other gets, and demands the same bytes back. Then it sends SIGINT and demands the exit code 0.

use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::Duration;

const IN_A_ROW: u64 = 10_000;
const AT_ONCE: u64 = 512;

/// A server that hangs is a failure, not a CI job without end.
const PATIENCE: Duration = Duration::from_secs(30);

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let Some(program) = arguments.next() else {
        eprintln!("usage: load PROGRAM [ARGUMENT ...]");
        return ExitCode::from(2);
    };
    let mut command = Command::new(program);
    command.args(arguments).args(["--addr", "127.0.0.1:0"]).stdout(Stdio::piped());
    match run(&mut command) {
        Ok(summary) => {
            println!("{command:?}: {summary}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{command:?}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &mut Command) -> Result<String> {
    let mut server = Server(command.spawn()?);
    let mut lines = BufReader::new(server.0.stdout.take().expect("standard output is piped")).lines();
    let address = loop {
        let line = lines.next().ok_or("the server ended before it listened")??;
        if let Some(address) = line.strip_prefix("listening on ") {
            break address.parse()?;
        }
    };
    // The server must be able to print without anybody waiting for it.
    let rest = thread::spawn(move || lines.map_while(std::result::Result::ok).collect::<Vec<_>>());
    for n in 0..IN_A_ROW {
        connection(address, n, 1 + (n as usize % 7) * 100, None)?;
    }
    at_once(address)?;
    server.interrupt()?;
    let status = server.0.wait()?;
    let printed = rest.join().map_err(|_| "the reader of the server's output panicked")?;
    if !status.success() {
        return Err(format!("after Ctrl-C: {status}").into());
    }
    let last = printed.last().ok_or("the server said nothing at its end")?;
    Ok(format!("{IN_A_ROW} connections in a row and {AT_ONCE} at once, byte-exact; at its end: {last}"))
}

/// All connections are open before the first byte is sent.
fn at_once(address: SocketAddr) -> Result<()> {
    let open = Arc::new(Barrier::new(AT_ONCE as usize));
    let clients: Vec<_> = (0..AT_ONCE)
        .map(|n| {
            let open = Arc::clone(&open);
            let client = thread::Builder::new().stack_size(256 << 10);
            client.spawn(move || connection(address, n, 20_000 + n as usize, Some(&open)))
        })
        .collect::<std::io::Result<_>>()?;
    for client in clients {
        client.join().map_err(|_| "a client panicked")??;
    }
    Ok(())
}

/// Sends `length` bytes that depend on `n`, and reads them back until the server closes.
fn connection(address: SocketAddr, n: u64, length: usize, open: Option<&Barrier>) -> Result<()> {
    let stream = TcpStream::connect(address);
    if let Some(open) = open {
        open.wait();
    }
    let mut stream = stream?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let sent = bytes(n, length);
    stream.write_all(&sent)?;
    stream.shutdown(Shutdown::Write)?;
    let mut received = Vec::with_capacity(length);
    stream.read_to_end(&mut received)?;
    if received != sent {
        return Err(format!("connection {n}: {length} bytes sent, {} others received", received.len()).into());
    }
    Ok(())
}

/// Bytes that differ from connection to connection: xorshift, seeded by the number.
fn bytes(n: u64, length: usize) -> Vec<u8> {
    let mut x = (n + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut next = move || {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        (x >> 32) as u8
    };
    std::iter::repeat_with(&mut next).take(length).collect()
}

/// The process under load; it does not outlive this one.
struct Server(Child);

impl Server {
    /// What Ctrl-C does.
    fn interrupt(&self) -> Result<()> {
        let status = Command::new("kill").args(["-INT", &self.0.id().to_string()]).status()?;
        if status.success() { Ok(()) } else { Err("`kill -INT` failed".into()) }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It fails where the process has ended, which is what is wanted.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
