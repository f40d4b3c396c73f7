async fn tick() {}

fn eat(text: String) -> usize {
    text.len()
}

#[zokio::async_fn]
async fn f(text: String) -> u32 {
    tick().await;
    eat(text)
}

fn main() {}
