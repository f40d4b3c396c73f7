#[zokio::main(workers = 1, queue_capacity = 64)]
async fn main() {}
