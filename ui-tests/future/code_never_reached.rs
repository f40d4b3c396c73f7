async fn leaf() -> u32 {
    1
}

#[zokio::async_fn]
#[deny(unreachable_code)]
async fn f() -> u32 {
    leaf().await;
    return 1;
    leaf().await
}

fn main() {}
