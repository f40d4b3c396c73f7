async fn tick() {}

#[zokio::async_fn]
async fn f(number: u32) -> u32 {
    let other: u32 = loop {
        tick().await;
        if number == 0 {
            break "text";
        }
    };
    other
}

fn main() {}
