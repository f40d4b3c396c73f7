#[zokio::main(timer_resolution = "2s")]
async fn main() {}
