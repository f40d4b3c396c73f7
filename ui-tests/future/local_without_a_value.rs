async fn number() -> u32 {
    1
}

#[zokio::async_fn]
async fn f(known: bool) -> u32 {
    let value;
    if known {
        value = number().await;
    }
    number().await;
    value
}

fn main() {}
