#[zokio::main(workers = 2)]
#[zokio::runtime(io = mio)]
async fn main() {}
