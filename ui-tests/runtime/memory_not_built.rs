#[zokio::main(memory = arena)]
async fn main() {}
