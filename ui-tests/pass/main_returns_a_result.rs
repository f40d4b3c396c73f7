#[zokio::main(workers = 1, io = none)]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let number: u8 = "7".parse()?;
    if number == 8 {
        return Err("eight".into());
    }
    Ok(())
}
