async fn tick() {}

#[zokio::async_fn]
async fn f(perhaps: Option<u32>) -> Result<u32, String> {
    tick().await;
    let number = perhaps?;
    Ok(number)
}

fn main() {}
