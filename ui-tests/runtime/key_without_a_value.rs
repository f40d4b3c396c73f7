#[zokio::main(stealing)]
async fn main() {}
