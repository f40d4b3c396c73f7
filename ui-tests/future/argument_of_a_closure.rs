async fn leaf() -> u32 {
    1
}

#[zokio::async_fn]
async fn f() -> u32 {
    let double = |number: u32| number * 2;
    leaf().await;
    double("2")
}

fn main() {}
