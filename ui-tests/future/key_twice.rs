#[zokio::async_fn(max_size = 10, max_size = "20")]
async fn f() {}

fn main() {
    drop(f());
}
