async fn number() -> u32 {
    5
}

#[zokio::async_fn]
async fn f() -> u32 {
    if let Some(other) = number().await {
        return other;
    }
    5
}

fn main() {}
