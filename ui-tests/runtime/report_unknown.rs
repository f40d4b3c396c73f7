#[zokio::main(report = stdout)]
async fn main() {}
