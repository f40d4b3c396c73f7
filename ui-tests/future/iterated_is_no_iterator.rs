async fn tick() {}

#[zokio::async_fn]
async fn f(number: u32) {
    for one in number {
        tick().await;
        drop(one);
    }
}

fn main() {}
