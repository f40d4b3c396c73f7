#[zokio::main(ring_entries = 48)]
async fn main() {}
