#[zokio::main(queue_capacity = 100)]
async fn main() {}
