#[zokio::main(stealing = yes)]
async fn main() {}
