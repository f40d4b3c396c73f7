async fn tick() {}

async fn name() -> &'static str {
    "text"
}

#[zokio::async_fn]
async fn f() -> u32 {
    let number: u32 = name().await;
    tick().await;
    number
}

fn main() {}
