#[zokio::main(queue_capacity = 131072)]
async fn main() {}
