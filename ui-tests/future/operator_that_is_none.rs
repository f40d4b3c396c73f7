async fn leaf() -> u32 {
    1
}

#[zokio::async_fn]
async fn f() -> u32 {
    leaf().await + "1"
}

fn main() {}
