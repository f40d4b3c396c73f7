#[zokio::main(timer_resolution = 1)]
async fn main() {}
