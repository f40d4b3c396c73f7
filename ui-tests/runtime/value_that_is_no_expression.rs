#[zokio::main(workers = 4 threads)]
async fn main() {}
