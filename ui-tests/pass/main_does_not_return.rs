#[zokio::main(workers = 1, io = none)]
async fn main() -> ! {
    std::process::exit(0)
}
