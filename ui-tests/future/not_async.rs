#[zokio::async_fn]
fn f() {}

fn main() {
    f();
}
