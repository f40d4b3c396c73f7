async fn leaf() -> u32 {
    1
}

#[zokio::async_fn]
#[deny(unused_must_use)]
async fn f() -> u32 {
    leaf();
    leaf().await
}

fn main() {}
