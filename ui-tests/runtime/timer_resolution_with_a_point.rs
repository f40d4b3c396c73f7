#[zokio::main(timer_resolution = "1.5ms")]
async fn main() {}
