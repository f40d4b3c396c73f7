async fn tick() {}

#[zokio::async_fn]
async fn f() -> u32 {
    tick().await;
}

fn main() {}
