#[zokio::main(workers = , io = mio)]
async fn main() {}
