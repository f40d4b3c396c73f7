#[zokio::main(flavor = "current_thread", worker_threads = auto)]
async fn main() {}
