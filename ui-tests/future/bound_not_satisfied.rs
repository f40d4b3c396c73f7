async fn leaf() -> u32 {
    1
}

struct Plain;
fn show<T: std::fmt::Display>(_: &T) {}

#[zokio::async_fn]
async fn f() -> u32 {
    let plain = Plain;
    leaf().await;
    show(&plain);
    1
}

fn main() {}
