#[zokio::main]
#[tokio::main]
async fn main() {}
