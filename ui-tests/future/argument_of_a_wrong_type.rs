async fn leaf() -> u32 {
    1
}

fn takes(_: &str) {}

#[zokio::async_fn]
async fn f() -> u32 {
    let number = 1_u32;
    leaf().await;
    takes(number);
    number
}

fn main() {}
