#[zokio::runtime(workers = 2)]
enum App {}

fn main() {}
