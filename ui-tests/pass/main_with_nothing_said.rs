#[zokio::main]
async fn main() {
    assert_eq!(zokio::runtime::report().name, "main");
}
