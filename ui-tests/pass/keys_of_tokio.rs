#[zokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let report = zokio::runtime::report();
    assert_eq!(report.decision("workers").unwrap().value, "2");
}

#[zokio::test(flavor = "current_thread", start_paused = false)]
async fn works() {}
