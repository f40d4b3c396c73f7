#[zokio::main(wrokers = 4, workers = 0, queue_capacity = 100, io = mio, ring_entries = 64, stats = true)]
fn main() {}
