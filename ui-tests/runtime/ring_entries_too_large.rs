#[zokio::main(ring_entries = 65536)]
async fn main() {}
