async fn tick() {}

#[zokio::async_fn]
async fn f(number: u32) -> u32 {
    match number {
        Some(other) => {
            tick().await;
            other
        }
        _ => 5,
    }
}

fn main() {}
