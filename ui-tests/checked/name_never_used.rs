async fn leaf() -> u32 {
    1
}

#[zokio::async_fn]
#[deny(unused_variables)]
async fn f() -> u32 {
    let number = leaf().await;
    1
}

fn main() {}
