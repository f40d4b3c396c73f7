async fn leaf() -> u32 {
    1
}

mod inner {
    #[derive(Default)]
    pub struct Point {
        x: u32,
    }
}

#[zokio::async_fn]
async fn f() -> u32 {
    let point = inner::Point::default();
    leaf().await;
    point.x
}

fn main() {}
