#[macro_use]
#[path = "unknown/mod.rs"]
#[allow(unused_macros)]
mod unknown;

#[zokio::async_fn]
async fn f(number: u32) -> u32 {
    let sum = async { number + 1 }.await;
    scoped!(let number = sum + number; number)
}

fn main() {
    drop(f(1));
}
