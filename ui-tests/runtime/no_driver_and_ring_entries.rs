#[zokio::main(io = none, ring_entries = 64)]
async fn main() {}
