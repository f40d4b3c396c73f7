#[zokio::runtime(workers = 1, io = none)]
struct One;

mod other {
    #[zokio::runtime(workers = 2, io = none, strategy = global_first)]
    pub(crate) struct One;
}

fn main() {
    let other = std::thread::spawn(|| other::One::new().unwrap().block_on(async { 2 }));
    let runtime = One::new().unwrap();
    assert_eq!(runtime.block_on(async { 1 }) + other.join().unwrap(), 3);
    assert!(One::MEMORY_LAYOUT.get("queue slots").is_none());
    assert!(other::One::MEMORY_LAYOUT.get("queue slots").is_some());
}
