async fn number() -> u32 {
    1
}

async fn text() -> String {
    String::new()
}

#[zokio::async_fn]
async fn negated() {
    let below = -number().await;
    drop(below);
}

#[zokio::async_fn]
async fn inverted() {
    let other = !text().await;
    drop(other);
}

#[zokio::async_fn]
async fn dereferenced() {
    let value = *number().await;
    drop(value);
}

fn main() {}
