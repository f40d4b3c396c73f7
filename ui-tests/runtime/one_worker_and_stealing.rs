#[zokio::main(workers = 1, stealing = true)]
async fn main() {}
