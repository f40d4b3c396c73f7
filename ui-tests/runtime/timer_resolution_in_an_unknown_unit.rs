#[zokio::main(timer_resolution = "1 min")]
async fn main() {}
