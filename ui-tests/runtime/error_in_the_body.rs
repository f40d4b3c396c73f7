#[zokio::main(workers = 0)]
async fn main() -> Result<(), String> {
    std::future::ready(Err("late".to_owned())).await?;
    Ok(())
}
