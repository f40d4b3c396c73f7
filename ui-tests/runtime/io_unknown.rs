#[zokio::main(io = epoll)]
async fn main() {}
