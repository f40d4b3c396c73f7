async fn tries() -> Result<u32, std::num::ParseIntError> {
    "5".parse()
}

#[zokio::async_fn]
async fn f() -> Result<usize, std::num::ParseIntError> {
    let text: String = tries().await?;
    Ok(text.len())
}

fn main() {}
