async fn tick() {}

#[zokio::async_fn]
async fn f(number: u32) {
    while number == 0 {
        tick().await;
        break 5;
    }
}

fn main() {}
