#[zokio::main("multi_thread", 4)]
async fn main() {}
