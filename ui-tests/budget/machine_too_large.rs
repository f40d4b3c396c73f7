async fn wait() {}

#[zokio::async_fn(max_size = 512)]
async fn holds_much(first: u64) -> usize {
    let buffer = [1_u8; 700];
    let short = [1_u8; 40];
    wait().await;
    buffer.len() + short.len() + first as usize
}

fn main() {
    drop(holds_much(1));
}
