async fn leaf() -> u32 {
    1
}

#[zokio::async_fn]
async fn f() -> u32 {
    let number = leaf();
    leaf().await;
    number + 1
}

fn main() {}
