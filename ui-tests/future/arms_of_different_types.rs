async fn tick() {}

#[zokio::async_fn]
async fn f(number: u32) -> u32 {
    let other = match number {
        0 => 5_u32,
        _ => "text",
    };
    tick().await;
    other
}

fn main() {}
