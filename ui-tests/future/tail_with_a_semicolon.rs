async fn tick() {}

#[zokio::async_fn]
async fn f() -> u32 {
    tick().await;
    5_u32;
}

fn main() {}
