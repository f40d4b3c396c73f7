#[zokio::main(workers = 1, strategy = round_robin)]
async fn main() {}
