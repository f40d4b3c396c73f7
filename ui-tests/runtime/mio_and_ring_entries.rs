#[zokio::main(io = mio, ring_entries = 64)]
async fn main() {}
