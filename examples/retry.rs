//! A connection that is tried again, with longer and longer pauses: a state machine whose states are written by hand.
//!
//! ```text
//! cargo run --example retry -- 127.0.0.1:7000      # where nobody listens, it gives up
//! cargo run --example retry                        # an address where somebody listens after a while
//! cargo zokio report --package zokio-examples      # draws the machine
//! ```

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::process::ExitCode;
use std::time::Duration;

use zokio::net::{TcpListener, TcpStream};
use zokio::time::{Sleep, sleep};
use zokio::{Machine, StateMachine};

/// The future of an `async fn` has no name: a box gives it one.
type Connect = Pin<Box<dyn Future<Output = io::Result<TcpStream>> + Send>>;

/// Where to, and how often still.
struct Attempts {
    addr: SocketAddr,
    left: u32,
    pause: Duration,
}

#[derive(StateMachine)]
#[state_machine(start = Connecting, output = io::Result<TcpStream>)]
enum Retry {
    #[state(to(Connected, Pausing, GivenUp))]
    Connecting {
        #[future]
        connect: Connect,
        attempts: Attempts,
    },
    #[state(to(Connecting))]
    Pausing {
        #[future]
        pause: Sleep,
        attempts: Attempts,
    },
    #[state(end)]
    Connected(TcpStream),
    #[state(failed)]
    GivenUp(io::Error),
}

impl Retry {
    fn new(addr: SocketAddr, times: u32) -> Machine<Self> {
        let attempts = Attempts { addr, left: times - 1, pause: Duration::from_millis(50) };
        Self::start(Box::pin(TcpStream::connect(addr)), attempts)
    }

    fn on_connecting(result: io::Result<TcpStream>, mut attempts: Attempts) -> RetryAfterConnecting {
        match result {
            Ok(stream) => RetryAfterConnecting::Connected(stream),
            Err(error) if attempts.left == 0 => RetryAfterConnecting::GivenUp(error),
            Err(error) => {
                println!("{error}: again in {:?}", attempts.pause);
                let pause = sleep(attempts.pause);
                attempts.left -= 1;
                attempts.pause *= 2;
                RetryAfterConnecting::Pausing { pause, attempts }
            }
        }
    }

    fn on_pausing((): (), attempts: Attempts) -> RetryAfterPausing {
        RetryAfterPausing::Connecting { connect: Box::pin(TcpStream::connect(attempts.addr)), attempts }
    }

    fn on_connected(stream: TcpStream) -> io::Result<TcpStream> {
        Ok(stream)
    }

    fn on_given_up(error: io::Error) -> io::Result<TcpStream> {
        Err(error)
    }
}

/// An address where somebody listens after a while.
async fn late() -> io::Result<SocketAddr> {
    let addr = TcpListener::bind("127.0.0.1:0").await?.local_addr()?;
    zokio::spawn(async move {
        sleep(Duration::from_millis(200)).await;
        let listener = TcpListener::bind(addr).await?;
        listener.accept().await
    });
    Ok(addr)
}

#[zokio::main(workers = 1)]
async fn main() -> ExitCode {
    let addr = match std::env::args().nth(1) {
        Some(addr) => addr.parse().map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error)),
        None => late().await,
    };
    let addr = match addr {
        Ok(addr) => addr,
        Err(error) => {
            eprintln!("{error}\nusage: retry [ADDRESS:PORT]");
            return ExitCode::from(2);
        }
    };
    println!("a machine of {} bytes: {} and a tag", size_of::<Machine<Retry>>(), size_of::<Retry>());
    match Retry::new(addr, 5).await {
        Ok(stream) => {
            println!("connected: {stream:?}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("given up: {error}");
            ExitCode::FAILURE
        }
    }
}
