async fn leaf() -> u32 {
    1
}

#[zokio::async_fn]
async fn f<'a>(one: &'a str, other: &str) -> &'a str {
    leaf().await;
    other
}

fn main() {}
