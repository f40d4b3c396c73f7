#[zokio::main(workers = 1)]
async fn main() -> std::io::Result<()> {
    if std::env::args().count() > 5 {
        return Err(7);
    }
    Ok(())
}
