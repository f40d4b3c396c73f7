const WORKERS: usize = 4;

#[zokio::main(workers = WORKERS)]
async fn main() {}

#[allow(dead_code)]
fn used() -> usize {
    WORKERS
}
