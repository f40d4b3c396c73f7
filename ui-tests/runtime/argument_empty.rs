#[zokio::main(workers = 4,, io = auto)]
async fn main() {}
