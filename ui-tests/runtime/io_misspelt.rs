#[zokio::main(io = urign)]
async fn main() {}
