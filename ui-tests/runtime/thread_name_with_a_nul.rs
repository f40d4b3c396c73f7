#[zokio::main(thread_name = "a\0b")]
async fn main() {}
