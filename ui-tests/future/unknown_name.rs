#[zokio::async_fn]
async fn f() -> u32 {
    async {}.await;
    missing
}

fn main() {
    drop(f());
}
