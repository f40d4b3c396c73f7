#![deny(unused)]

#[zokio::async_fn]
async fn f() {
    async { Ok::<(), ()>(()) }.await;
}

fn main() {
    drop(f());
}
