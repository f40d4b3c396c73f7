async fn tick() {}

#[zokio::async_fn]
async fn f(number: u32) -> u32 {
    while number {
        tick().await;
    }
    number
}

fn main() {}
