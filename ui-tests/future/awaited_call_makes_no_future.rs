async fn tick() {}

fn sync(number: u32) -> u32 {
    number
}

#[zokio::async_fn]
async fn f(number: u32) -> u32 {
    tick().await;
    sync(number).await
}

fn main() {}
