#[zokio::main(queue_capacity = 1)]
async fn main() {}
