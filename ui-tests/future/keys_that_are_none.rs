#[zokio::async_fn(rustc)]
async fn f() {}

fn main() {
    drop(f());
}
