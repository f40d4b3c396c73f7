async fn number() -> u32 {
    5
}

#[zokio::async_fn]
async fn f() -> (u32, String) {
    (number().await, number().await)
}

fn main() {}
