async fn tick() {}

#[zokio::async_fn]
async fn f() {
    tick().await;
    break;
}

fn main() {}
