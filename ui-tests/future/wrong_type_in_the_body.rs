#[zokio::async_fn]
async fn f() -> u32 {
    async {}.await;
    let x: u32 = "text";
    x
}

fn main() {
    drop(f());
}
