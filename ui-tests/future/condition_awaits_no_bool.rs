async fn tick() {}

async fn number() -> u32 {
    5
}

#[zokio::async_fn]
async fn f() -> u32 {
    if number().await {
        tick().await;
    }
    5
}

fn main() {}
