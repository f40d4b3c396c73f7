#[zokio::async_fn]
async fn f() -> u32 {
    let number = 5_u32.await;
    number
}

fn main() {}
