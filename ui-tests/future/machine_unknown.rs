#[zokio::async_fn(machine = native)]
async fn f() {}

fn main() {
    drop(f());
}
