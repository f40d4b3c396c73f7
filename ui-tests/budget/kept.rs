async fn wait() {}

#[zokio::async_fn(max_size = 64)]
async fn holds_little(first: u64) -> u64 {
    wait().await;
    first
}

fn main() {
    drop(holds_little(1));
}
