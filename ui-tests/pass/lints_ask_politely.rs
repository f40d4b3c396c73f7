//! Bodies with calls that the lints ask about compile as they do without: whatever the receiver is, and wherever the call stands.
#![deny(warnings)]

use std::io::{self, BufRead, Read, Write};
use std::sync::{Mutex, mpsc};

struct Channel(Option<mpsc::Receiver<Vec<u8>>>, Vec<mpsc::Receiver<u8>>);

struct Socket;

impl Socket {
    fn recv<T: Default>(&mut self) -> io::Result<T> {
        Ok(T::default())
    }
    fn write<W: From<u8>>(&mut self, _: &[u8]) -> W {
        W::from(1)
    }
    fn output(&self) -> ! {
        panic!("no output")
    }
    fn join<S: AsRef<str>>(self, _: S) -> String {
        String::new()
    }
}

fn open<P: AsRef<str>, T: Default>(_: P) -> T {
    T::default()
}

impl Channel {
    #[allow(deprecated)]
    #[zokio::async_fn]
    async fn shadowed(&mut self) -> usize {
        let rx = self.0.take();
        let Some(rx) = rx else { return 0 };
        let rx = rx.recv();
        std::future::ready(()).await;
        rx.map_or(0, |bytes| bytes.len())
    }

    #[allow(deprecated)]
    #[zokio::async_fn]
    async fn everywhere(self) -> Result<usize, mpsc::RecvError> {
        let mut sum = 0;
        'all: for rx in self.1.iter() {
            sum += match rx.try_recv() {
                Ok(byte) if byte > 100 => break 'all,
                Ok(byte) => byte,
                Err(_) => rx.recv()?,
            };
            std::future::ready(()).await;
        }
        Ok(usize::from(sum))
    }
}

#[allow(deprecated)]
#[zokio::async_fn]
async fn bound_within(receivers: Vec<(u8, mpsc::Receiver<u8>)>, pick: Option<u8>) -> Result<u8, mpsc::RecvError> {
    let mut sum = 0;
    for (number, receiver) in receivers {
        sum += match (pick, receiver) {
            (Some(picked), rx) if picked == number && rx.try_recv().is_err() => rx.recv()?,
            (None, rx) => {
                let byte = rx.recv()?;
                std::future::ready(byte).await
            }
            (_, rx) => std::thread::spawn(move || rx.recv().unwrap()).join().unwrap(),
        };
        if let Some(a) = pick
            && let Some(rx) = (a > 1).then(|| mpsc::channel::<u8>().1)
            && let Ok(b) = rx.recv()
        {
            sum += b;
        }
    }
    while let Some(rx) = Some(mpsc::channel::<u8>().1)
        && let Ok(byte) = rx.recv()
    {
        println!("{byte} {}", rx.recv().unwrap());
    }
    Ok(sum)
}

#[zokio::async_fn]
async fn others<R: Read, B: BufRead + ?Sized>(
    mut reader: R,
    lines: &mut B,
    dynamic: &mut dyn Write,
    mut socket: Socket,
) -> io::Result<String> {
    let mut buffer = vec![0; 16];
    let count = reader.read(&mut buffer)?;
    dynamic.write_all(&buffer[..count])?;
    (*dynamic).write_all(b"more")?;
    std::future::ready(()).await;
    let mut line = String::new();
    lines.read_line(&mut line)?;
    let text: Vec<String> = socket.recv()?;
    let number: u32 = socket.write(b"bytes");
    let bytes: u64 = open("name");
    if number + bytes as u32 > 100 {
        socket.output();
    }
    let joined = ["a", "b"].join("") + &text.join(",");
    let mut out = Vec::new();
    out.write_all(joined.as_bytes())?;
    Ok(socket.join(line))
}

#[allow(deprecated)]
#[zokio::async_fn]
async fn inferred_late() -> Option<u32> {
    let mutexes = (0..3).map(Mutex::new).collect::<Vec<_>>();
    let first = mutexes.first()?;
    let mut list = Vec::new();
    list.push(first);
    std::future::ready(()).await;
    let sum = { *list.pop()?.lock().ok()? + 1 };
    for mutex in &mutexes {
        *mutex.lock().unwrap() += 1;
    }
    Some(sum)
}

fn main() {
    let channel = || Channel(None, Vec::new());
    drop((channel().shadowed(), channel().everywhere(), bound_within(Vec::new(), None), inferred_late()));
    drop(others(io::empty(), &mut io::empty(), &mut io::sink(), Socket));
}
