#[zokio::main(workers = 4usize)]
async fn main() {}
