#[zokio::main(workers = 4, io = mio, workers = 2)]
async fn main() {}
