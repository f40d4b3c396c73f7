async fn tick() {}

async fn number() -> u32 {
    5
}

#[zokio::async_fn]
async fn f() -> u32 {
    let number = number().await;
    tick().await;
    *number
}

fn main() {}
