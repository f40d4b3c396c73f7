async fn leaf() -> u32 {
    1
}

#[zokio::async_fn]
async fn f(value: Option<u32>) -> u32 {
    leaf().await;
    match value {
        Some(number) => number + leaf().await,
    }
}

fn main() {}
