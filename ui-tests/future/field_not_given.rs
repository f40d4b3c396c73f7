async fn leaf() -> u32 {
    1
}

struct Point {
    x: u32,
}

#[zokio::async_fn]
async fn f() -> u32 {
    leaf().await;
    let point = Point {};
    point.x
}

fn main() {}
