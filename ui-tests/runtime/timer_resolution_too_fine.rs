#[zokio::main(timer_resolution = "10ns")]
async fn main() {}
