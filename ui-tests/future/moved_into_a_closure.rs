async fn tick() {}

async fn text() -> String {
    String::new()
}

#[zokio::async_fn]
async fn f() -> usize {
    let text = text().await;
    let length = move || text.len();
    tick().await;
    length() + text.len()
}

fn main() {}
