#[zokio::main(max_task_size = 0)]
async fn main() {}
