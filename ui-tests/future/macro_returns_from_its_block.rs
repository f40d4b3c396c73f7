#[macro_use]
#[path = "unknown/mod.rs"]
#[allow(unused_macros)]
mod unknown;

async fn give<T>(value: T) -> T {
    value
}

#[zokio::async_fn]
async fn output_is_not_named(option: Option<u32>) -> impl std::fmt::Display {
    let value: u32 = or_return!(give(option).await, 7);
    value + 1
}

#[zokio::async_fn]
async fn recursive(n: u32) -> u32 {
    give(()).await;
    Box::pin(recursive(or_return!(n.checked_sub(1), 7))).await + 1
}

fn main() {
    drop(output_is_not_named(None));
    drop(recursive(1));
}
