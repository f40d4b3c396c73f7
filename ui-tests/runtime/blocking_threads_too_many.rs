#[zokio::main(blocking_threads = 5000)]
async fn main() {}
