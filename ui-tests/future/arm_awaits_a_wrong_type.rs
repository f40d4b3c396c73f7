async fn number() -> u32 {
    5
}

async fn name() -> &'static str {
    "text"
}

#[zokio::async_fn]
async fn f(n: u32) -> u32 {
    match n {
        0 => number().await,
        1 => name().await,
        _ => 7,
    }
}

fn main() {}
