#![deny(deprecated)]

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::process::Command;
use std::sync::{Arc, Condvar, Mutex, RwLock, mpsc};
use std::thread;
use std::time::Duration;

#[zokio::async_fn]
async fn sleeps() {
    thread::sleep(Duration::from_millis(1));
    std::thread::sleep(Duration::from_millis(1));
    use std::thread::sleep;
    sleep(Duration::from_millis(1));
}

#[zokio::async_fn]
async fn files(name: &str) -> io::Result<Vec<u8>> {
    let mut text = String::new();
    File::open(name)?.read_to_string(&mut text)?;
    let mut file = OpenOptions::new().write(true).open(name)?;
    file.write_all(b"text")?;
    std::future::ready(()).await;
    let _ = fs::create_dir_all(format!("{name}/{text}"));
    println!("{:?}", fs::metadata(name)?);
    fs::copy(name, "copy")?;
    match name {
        "" => fs::read_to_string(name).map(String::into_bytes),
        _ => fs::read(name),
    }
}

#[zokio::async_fn]
async fn sockets() -> io::Result<()> {
    let mut buffer = [0; 16];
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let (mut stream, _) = listener.accept()?;
    let count = stream.read(&mut buffer)?;
    std::future::ready(()).await;
    TcpStream::connect(listener.local_addr()?)?.write_all(&buffer[..count])?;
    UdpSocket::bind(("127.0.0.1", 0))?.recv_from(&mut buffer)?;
    Ok(())
}

#[zokio::async_fn]
async fn processes() -> io::Result<()> {
    let output = Command::new("true").arg("-v").output()?;
    std::future::ready(()).await;
    let mut child = Command::new("true").spawn()?;
    child.wait()?;
    let mut line = String::from_utf8_lossy(&output.stdout).into_owned();
    io::stdin().read_line(&mut line)?;
    Ok(())
}

#[zokio::async_fn]
async fn threads(receiver: Arc<Mutex<mpsc::Receiver<u8>>>, mutex: &Mutex<bool>, condvar: Arc<Condvar>) -> u8 {
    let byte = receiver.lock().unwrap().recv().unwrap();
    std::future::ready(()).await;
    if let Some(receiver) = Some(receiver)
        && let Ok(byte) = receiver.lock().unwrap().recv_timeout(Duration::ZERO)
    {
        println!("{byte}");
    }
    drop(condvar.wait(mutex.lock().unwrap()).unwrap());
    thread::spawn(move || byte).join().unwrap()
}

#[zokio::async_fn]
async fn locks(mutex: &Mutex<u32>, lock: Arc<RwLock<u32>>) -> u32 {
    // Once is allowed.
    let mut sum = *mutex.lock().unwrap() + *lock.read().unwrap();
    for _ in 0..3 {
        sum += *mutex.lock().unwrap();
        std::future::ready(()).await;
        sum += *lock.read().unwrap();
        *lock.write().unwrap() = sum;
    }
    while *mutex.lock().unwrap() == 0 {
        std::future::ready(()).await;
    }
    sum
}

fn main() {
    drop((sleeps(), files(""), sockets(), processes()));
    let _ = zokio::async_block! {
        std::future::ready(()).await;
        thread::sleep(Duration::ZERO);
    };
    let (_, receiver) = mpsc::channel();
    drop(threads(Arc::new(Mutex::new(receiver)), &Mutex::new(true), Arc::default()));
    drop(locks(&Mutex::new(0), Arc::default()));
}
