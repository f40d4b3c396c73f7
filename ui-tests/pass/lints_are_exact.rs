//! What has the name of something of std's and is another's, is not warned of; nor is what does not block here.
#![deny(warnings)]
#![allow(dead_code)]

use std::ops::Deref;
use std::sync::{Arc, Mutex, RwLock, mpsc};
use std::time::Duration;

fn sleep<T>(_: T) {}

fn read<T: Default>(_: u32) -> T {
    T::default()
}

mod thread {
    pub(crate) fn sleep(_: std::time::Duration) {}
}

mod fs {
    use std::io;
    use std::path::Path;

    pub(crate) fn read<P: AsRef<Path>>(_: P) -> io::Result<Vec<u8>> {
        Ok(Vec::new())
    }

    pub(crate) unsafe fn copy<A, B>(_: A, _: B) {}

    #[must_use]
    pub(crate) const fn exists(name: &str) -> bool {
        name.is_empty()
    }
}

struct File;

impl File {
    fn open<P>(path: P) -> P {
        path
    }
}

struct TcpStream<A>(A);

impl<A: Default> TcpStream<A> {
    fn connect(_: A) -> Self {
        Self(A::default())
    }
}

/// Not std's, with its names.
#[derive(Default)]
struct Own(u32);

impl Own {
    fn lock(&self) -> MutexGuard<'_> {
        MutexGuard(&self.0)
    }
    fn recv<T: Default>(&self) -> T {
        T::default()
    }
    fn join(self) -> u32 {
        self.0
    }
    fn wait(&mut self) -> &mut Self {
        self
    }
    fn read<T: Default, B>(&self, _: B) -> T {
        T::default()
    }
    fn borrow(&self) -> Ref<'_> {
        Ref(&self.0)
    }
}

struct MutexGuard<'g>(&'g u32);
struct Ref<'r>(&'r u32);

impl Drop for MutexGuard<'_> {
    fn drop(&mut self) {}
}

impl Drop for Ref<'_> {
    fn drop(&mut self) {}
}

/// Leads to std's, and has a method of its own in front of it.
struct Shared(Mutex<u32>, mpsc::Receiver<u8>);

impl Deref for Shared {
    type Target = Mutex<u32>;

    fn deref(&self) -> &Mutex<u32> {
        &self.0
    }
}

impl Shared {
    fn lock(&self) -> u32 {
        0
    }
}

/// A method for std's pointer to std's type, which is found before that of the type.
trait Lock {
    fn write(&self) -> u32 {
        0
    }
}

impl Lock for Arc<RwLock<u32>> {}

#[zokio::async_fn]
async fn functions(name: &str) -> usize {
    sleep(Duration::ZERO);
    thread::sleep(Duration::ZERO);
    let number: u64 = read(1);
    std::future::ready(()).await;
    let bytes = fs::read(name).unwrap_or_default();
    unsafe { fs::copy(name, 1) };
    let there = fs::exists(name);
    let open = File::open(name);
    let stream: TcpStream<u8> = TcpStream::connect(1);
    let connect = |x: u32| x + 1;
    let metadata = connect;
    metadata(1) as usize + bytes.len() + open.len() + usize::from(there) + stream.0 as usize + number as usize
}

#[zokio::async_fn]
async fn methods(mut own: Own, shared: Shared, lock: Arc<RwLock<u32>>) -> u32 {
    let mut sum = 0;
    for _ in 0..2 {
        sum += own.lock().0 + shared.lock() + lock.write();
        std::future::ready(()).await;
    }
    let text: String = own.recv();
    let more: Vec<u8> = own.read(&mut [0; 4]);
    sum += own.wait().0 + text.len() as u32 + more.len() as u32;
    own.join() + sum
}

#[zokio::async_fn]
async fn guards(own: Own, mutex: &Mutex<u32>) -> u32 {
    let guard = own.lock();
    let borrow = own.borrow();
    let number = *mutex.lock().unwrap();
    {
        let held = mutex.lock().unwrap();
        println!("{held}");
    }
    let dropped = mutex.lock().unwrap();
    drop(dropped);
    std::future::ready(()).await;
    *guard.0 + *borrow.0 + number
}

#[zokio::async_fn]
async fn elsewhere(receiver: mpsc::Receiver<u8>) -> usize {
    // Another thread's, or another future's, is no business of this body.
    let wait = move || receiver.recv();
    let work = || std::thread::sleep(Duration::ZERO);
    let handle = std::thread::spawn(wait);
    let future = async {
        let _ = std::fs::read("name");
    };
    future.await;
    work();
    usize::from(handle.is_finished())
}

#[zokio::async_fn]
async fn awaited(mut file: zokio::fs::File) -> std::io::Result<()> {
    use zokio::fs;
    use zokio::io::AsyncWriteExt;
    fs::write("name", "text").await?;
    let other = fs::File::open("name");
    drop(other.await?);
    file.write_all(b"text").await?;
    file.sync_all().await
}

struct Reader<const N: usize>;

impl<const N: usize> Reader<N> {
    #[zokio::async_fn]
    async fn read(&self) -> u8 {
        let small = [0u8; 1024];
        let generic = [0u8; N];
        std::future::ready(()).await;
        let large = [0u8; 4096];
        generic[0] + small[0] + large[0]
    }
}

struct Long<const LENGTH: usize>;

impl<const LENGTH: usize> Long<LENGTH> {
    #[zokio::async_fn]
    async fn read(&self) -> u8 {
        let generic = [0u8; LENGTH];
        std::future::ready(()).await;
        generic[0]
    }
}

fn main() {
    let (_, receiver) = mpsc::channel();
    let shared = Shared(Mutex::new(0), mpsc::channel().1);
    drop((functions(""), methods(Own(1), shared, Arc::default()), guards(Own(1), &Mutex::new(0)), elsewhere(receiver)));
    drop((Reader::<4096>.read(), Long::<4096>.read()));
    let _ = awaited;
}
