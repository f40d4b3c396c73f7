#[zokio::async_fn(max_size = 512)]
async fn f() -> usize {
    let buffer = [0_u8; 1000];
    async {}.await;
    buffer.len()
}

fn main() {
    drop(f());
}
