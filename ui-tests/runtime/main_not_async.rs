#[zokio::main]
fn main() -> std::io::Result<()> {
    Ok(())
}
