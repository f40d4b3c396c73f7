#[zokio::async_fn]
async fn f(n: u32) -> u32 {
    async {}.await;
    n += 1;
    n
}

fn main() {
    drop(f(1));
}
