async fn tick() {}

async fn number() -> u32 {
    5
}

#[zokio::async_fn]
async fn f() -> u32 {
    let one: u32 = number();
    let other: u32 = number();
    tick().await;
    one + other
}

fn main() {}
