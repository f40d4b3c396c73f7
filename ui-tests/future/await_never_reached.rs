#![deny(unreachable_code)]

async fn tick() {}

#[zokio::async_fn]
async fn f(number: u32) -> u32 {
    tick().await;
    return number;
    tick().await;
}

fn main() {}
