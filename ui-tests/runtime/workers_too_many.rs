#[zokio::main(workers = 1025)]
async fn main() {}
