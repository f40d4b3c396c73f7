#[zokio::async_fn(small = true)]
async fn f() {}

fn main() {
    drop(f());
}
