//! What the guard binds would have to be there while the arm waits.

#[zokio::async_fn]
async fn double(n: u32) -> u32 {
    2 * n
}

#[zokio::async_fn]
async fn found(numbers: Vec<u32>, at: Option<usize>) -> u32 {
    match at {
        Some(at) if let Some(number) = numbers.get(at) => double(*number).await,
        _ => 0,
    }
}

fn main() {
    drop(found(vec![], None));
}
