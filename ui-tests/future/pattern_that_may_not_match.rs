async fn tick() {}

#[zokio::async_fn]
async fn f(perhaps: Option<u32>) -> u32 {
    tick().await;
    let Some(number) = perhaps;
    tick().await;
    number
}

fn main() {}
