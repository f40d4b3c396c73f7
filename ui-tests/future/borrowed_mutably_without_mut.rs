async fn leaf() -> u32 {
    1
}

#[zokio::async_fn]
async fn f(numbers: Vec<u32>) -> usize {
    leaf().await;
    numbers.push(1);
    numbers.len()
}

fn main() {}
