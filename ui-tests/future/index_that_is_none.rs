async fn leaf() -> u32 {
    1
}

struct Point {
    x: u32,
}

#[zokio::async_fn]
async fn f() -> u32 {
    let point = Point { x: 1 };
    leaf().await;
    point[0] + point.x
}

fn main() {}
