struct Mine;

async fn tries() -> Result<u32, std::num::ParseIntError> {
    "5".parse()
}

#[zokio::async_fn]
async fn f() -> Result<u32, Mine> {
    let number = tries().await?;
    Ok(number)
}

fn main() {}
