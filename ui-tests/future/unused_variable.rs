#![deny(unused)]

#[zokio::async_fn]
async fn f(unused: u32) {
    let also = 3;
    async {}.await;
}

fn main() {
    drop(f(1));
}
