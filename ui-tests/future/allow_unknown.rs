#[zokio::async_fn(allow(blocking_cal, clippy::await_holding_lock, unused))]
async fn f() {}

#[zokio::async_fn(allow(large_slot, large_slot), alow(large_slot))]
async fn g() {}

#[zokio::async_fn(allow(), allow = blocking_call)]
async fn h() {}

#[zokio::async_fn(machine = rustc, allow(large_slot))]
async fn i() {}

fn main() {
    drop(zokio::async_block! {
        #![allow(blocking_calls)]
        std::future::ready(()).await
    });
    drop(zokio::async_block! {
        #![warn(blocking_call)]
        std::future::ready(()).await
    });
    drop((f(), g(), h(), i()));
}
