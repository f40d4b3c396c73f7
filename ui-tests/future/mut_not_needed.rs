#![deny(unused)]

#[zokio::async_fn]
async fn f(mut n: u32) -> u32 {
    async {}.await;
    n
}

fn main() {
    drop(f(1));
}
