#[zokio::main(workers = 2 + 2)]
async fn main() {}
