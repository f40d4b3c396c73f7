#[zokio::main(flavor = "current_thread", strategy = local_first)]
async fn main() {}
