async fn name() -> &'static str {
    "text"
}

#[zokio::async_fn]
async fn f() -> u32 {
    name().await
}

fn main() {}
