async fn leaf() -> u32 {
    1
}

#[zokio::async_fn]
async fn f() -> u32 {
    let text = String::new();
    leaf().await;
    text[0];
    1
}

fn main() {}
