//! Each lint is switched off by its name, and by nothing else.
#![deny(warnings)]

use std::cell::RefCell;
use std::sync::{Mutex, mpsc};
use std::time::Duration;

#[zokio::async_fn(allow(blocking_call))]
async fn blocks(receiver: &mpsc::Receiver<u8>, mutex: &Mutex<u32>) -> std::io::Result<u8> {
    std::thread::sleep(Duration::ZERO);
    for _ in 0..2 {
        *mutex.lock().unwrap() += 1;
    }
    std::future::ready(()).await;
    let _ = std::fs::metadata("name")?;
    Ok(receiver.recv().unwrap())
}

#[zokio::async_fn(allow(await_holding_lock))]
async fn holds_a_lock(mutex: &Mutex<u32>) -> u32 {
    let guard = mutex.lock().unwrap();
    std::future::ready(()).await;
    *guard
}

#[zokio::async_fn(allow(await_holding_refcell_ref))]
async fn holds_a_borrow(cell: &RefCell<u32>) -> u32 {
    let guard = cell.borrow();
    std::future::ready(()).await;
    *guard
}

#[zokio::async_fn(allow(large_slot), max_size = 4200)]
async fn is_large() -> u8 {
    let buffer = [1u8; 4096];
    std::future::ready(()).await;
    buffer[0]
}

// What rustc's own attribute says, counts too.
#[zokio::async_fn]
#[allow(deprecated)]
async fn is_quiet(mutex: &Mutex<u32>) -> u32 {
    let guard = mutex.lock().unwrap();
    std::thread::sleep(Duration::ZERO);
    std::future::ready(()).await;
    *guard
}

fn main() {
    let (_, receiver) = mpsc::channel();
    let (mutex, cell) = (Mutex::new(0), RefCell::new(0));
    drop((blocks(&receiver, &mutex), holds_a_lock(&mutex), holds_a_borrow(&cell), is_large(), is_quiet(&mutex)));
    drop(zokio::async_block! {
        #![allow(blocking_call, large_slot)]
        let buffer = [0; 2048];
        std::thread::sleep(Duration::ZERO);
        std::future::ready(buffer).await
    });
    drop(zokio::async_block!(#![allow(blocking_call)] [mutex] {
        std::thread::sleep(Duration::ZERO);
        std::future::ready(mutex).await
    }));
}
