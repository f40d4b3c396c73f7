//! An echo server over TCP: what a connection sends comes back, until it has sent all. Ctrl-C ends the server.
//!
//! ```text
//! cargo run --release --example echo -- --addr 127.0.0.1:7000
//! ```

use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use zokio::net::{TcpListener, TcpStream};

const USAGE: &str = "\
usage: echo [--io auto|uring|mio] [--workers auto|1|2] [--addr ADDRESS:PORT]

  --io       who talks to the kernel: io_uring, mio, or the best that it permits (auto)
  --workers  how many threads run the tasks; auto: as many as the machine runs at once
  --addr     where to listen (127.0.0.1:7000); with port 0 the system chooses one";

/// Counts what the server does.
#[derive(Default)]
struct Tally {
    connections: AtomicU64,
    bytes: AtomicU64,
}

/// The program, in whichever runtime.
async fn serve(addr: String) -> io::Result<()> {
    // From here on Ctrl-C does not end the process but this future.
    let ctrl_c = zokio::signal::ctrl_c();
    let listener = TcpListener::bind(addr).await?;
    println!("{}\nlistening on {}", zokio::runtime::report(), listener.local_addr()?);
    io::stdout().flush()?;

    let tally = Arc::new(Tally::default());
    let accepting = zokio::spawn(accept(listener, Arc::clone(&tally)));
    ctrl_c.await?;
    accepting.abort();
    println!("served {} connections, {} bytes", tally.connections.load(Relaxed), tally.bytes.load(Relaxed));
    Ok(())
}

/// Spawns a task for each connection.
async fn accept(listener: TcpListener, tally: Arc<Tally>) {
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                let tally = Arc::clone(&tally);
                zokio::spawn(async move {
                    tally.connections.fetch_add(1, Relaxed);
                    if let Err(error) = echo(stream, &tally).await {
                        eprintln!("{peer}: {error}");
                    }
                });
            }
            Err(error) => {
                // Too many open files, perhaps: some will be closed meanwhile.
                eprintln!("accept: {error}");
                zokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

/// Sends back what it receives. The kernel fills the buffer and sends it from there.
async fn echo(stream: TcpStream, tally: &Tally) -> io::Result<()> {
    let mut buffer = Vec::with_capacity(16 * 1024);
    loop {
        let (received, filled) = stream.read_owned(buffer).await;
        let count = received?;
        if count == 0 {
            return Ok(());
        }
        tally.bytes.fetch_add(count as u64, Relaxed);
        let (sent, emptied) = stream.write_all_owned(filled).await;
        sent?;
        buffer = emptied;
    }
}

/// A function for each runtime: what an attribute says is decided when the program is compiled. A program of your own has
/// one, and calls it `main`.
macro_rules! runtimes {
    ($($name:ident = $io:ident, $workers:tt;)+) => {$(
        #[zokio::main(io = $io, workers = $workers)]
        async fn $name(addr: String) -> io::Result<()> {
            serve(addr).await
        }
    )+};
}

runtimes! {
    auto_auto = auto, auto;
    auto_1 = auto, 1;
    auto_2 = auto, 2;
    uring_auto = uring, auto;
    uring_1 = uring, 1;
    uring_2 = uring, 2;
    mio_auto = mio, auto;
    mio_1 = mio, 1;
    mio_2 = mio, 2;
}

fn main() -> ExitCode {
    let (mut io, mut workers, mut addr) = ("auto".to_owned(), "auto".to_owned(), "127.0.0.1:7000".to_owned());
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let value = match argument.as_str() {
            "--io" => &mut io,
            "--workers" => &mut workers,
            "--addr" => &mut addr,
            "--help" | "-h" => {
                println!("{USAGE}");
                return ExitCode::SUCCESS;
            }
            _ => return refuse(&format!("unknown argument `{argument}`")),
        };
        match arguments.next() {
            Some(given) => *value = given,
            None => return refuse(&format!("`{argument}` needs a value")),
        }
    }
    let result = match (io.as_str(), workers.as_str()) {
        ("auto", "auto") => auto_auto(addr),
        ("auto", "1") => auto_1(addr),
        ("auto", "2") => auto_2(addr),
        ("uring", "auto") => uring_auto(addr),
        ("uring", "1") => uring_1(addr),
        ("uring", "2") => uring_2(addr),
        ("mio", "auto") => mio_auto(addr),
        ("mio", "1") => mio_1(addr),
        ("mio", "2") => mio_2(addr),
        _ => return refuse(&format!("there is no runtime with `--io {io} --workers {workers}`")),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn refuse(why: &str) -> ExitCode {
    eprintln!("error: {why}\n\n{USAGE}");
    ExitCode::from(2)
}
