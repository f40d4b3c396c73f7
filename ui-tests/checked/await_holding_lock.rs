#![deny(deprecated)]

use std::io::Write;
use std::sync::{Mutex, MutexGuard, RwLock};

#[zokio::async_fn]
async fn local(mutex: &Mutex<u32>) -> u32 {
    let guard = mutex.lock().unwrap();
    std::future::ready(()).await;
    *guard
}

#[zokio::async_fn]
async fn both(lock: &RwLock<u32>) {
    let read = lock.read().unwrap();
    println!("{read}");
    drop(read);
    let Ok(mut write) = lock.write() else { return };
    *write += 1;
    std::future::ready(()).await;
    std::future::ready(()).await;
}

#[zokio::async_fn]
async fn scrutinee(mutex: &Mutex<Vec<u32>>) {
    if let Some(number) = mutex.lock().unwrap().pop() {
        std::future::ready(number).await;
    }
    match mutex.try_lock() {
        Ok(guard) => std::future::ready(guard.len()).await,
        Err(_) => 0,
    };
}

#[zokio::async_fn]
async fn argument(guard: MutexGuard<'_, u32>) -> u32 {
    std::future::ready(()).await;
    *guard
}

#[zokio::async_fn]
async fn operand(mutex: &Mutex<u32>) {
    std::future::ready(*mutex.lock().unwrap()).await;
    let mut out = std::io::stdout().lock();
    std::future::ready(()).await;
    out.flush().unwrap();
}

fn main() {
    let mutex = Mutex::new(0);
    drop((local(&mutex), both(&RwLock::new(0)), scrutinee(&Mutex::default()), operand(&mutex)));
    drop(argument(mutex.lock().unwrap()));
}
