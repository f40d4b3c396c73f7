#[zokio::main(workrs = 4)]
async fn main() {}
