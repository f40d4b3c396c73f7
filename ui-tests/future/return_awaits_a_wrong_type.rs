async fn name() -> &'static str {
    "text"
}

#[zokio::async_fn]
async fn f(number: u32) -> u32 {
    if number == 0 {
        return name().await;
    }
    number
}

fn main() {}
