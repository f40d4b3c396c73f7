async fn number() -> u32 {
    1
}

#[zokio::async_fn]
async fn f(known: bool) -> u32 {
    if known { number().await }
}

fn main() {}
