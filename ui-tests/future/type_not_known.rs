async fn leaf() -> u32 {
    1
}

#[zokio::async_fn]
async fn f() -> u32 {
    let numbers = Vec::new();
    leaf().await
}

fn main() {}
