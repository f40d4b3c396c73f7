#[zokio::main(flavor = "multi_thread", worker_threads = 1, stealing = true)]
async fn main() {}
