async fn tries() -> Result<u32, std::num::ParseIntError> {
    "5".parse()
}

#[zokio::async_fn]
async fn f() {
    let number = tries().await?;
    drop(number);
}

fn main() {}
