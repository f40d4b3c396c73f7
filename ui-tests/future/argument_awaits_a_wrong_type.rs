async fn name() -> &'static str {
    "text"
}

fn sync(number: u32) -> u32 {
    number
}

#[zokio::async_fn]
async fn f() -> u32 {
    let number = sync(name().await);
    number
}

fn main() {}
