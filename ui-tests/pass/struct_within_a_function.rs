fn main() {
    #[zokio::runtime(workers = 1, io = none)]
    struct Local;

    assert_eq!(Local::new().unwrap().block_on(async { 1 }), 1);
}
