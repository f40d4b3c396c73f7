async fn leaf() -> u32 {
    1
}

#[zokio::async_fn]
async fn f() -> u32 {
    let mut numbers = vec![1];
    let first = &numbers[0];
    leaf().await;
    numbers.push(2);
    *first
}

fn main() {}
