#[zokio::main]
async fn main() {
    let missing = nothing_of_that_name();
    missing.await;
}
