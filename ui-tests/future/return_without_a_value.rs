async fn tick() {}

#[zokio::async_fn]
async fn f(number: u32) -> u32 {
    tick().await;
    if number == 0 {
        return;
    }
    number
}

fn main() {}
