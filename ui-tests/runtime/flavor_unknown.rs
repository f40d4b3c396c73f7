#[zokio::main(flavor = "threaded")]
async fn main() {}
