#[zokio::main(strategy = local_fist)]
async fn main() {}
