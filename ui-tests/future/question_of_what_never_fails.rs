async fn number() -> u32 {
    5
}

#[zokio::async_fn]
async fn f() -> Result<u32, String> {
    let number = number().await?;
    Ok(number)
}

fn main() {}
