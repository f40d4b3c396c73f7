unsafe fn danger() {}

#[zokio::async_fn]
async fn f() {
    async {}.await;
    danger();
}

fn main() {
    drop(f());
}
