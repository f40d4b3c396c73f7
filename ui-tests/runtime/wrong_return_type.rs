#[zokio::main]
async fn main() -> Result<(), String> {
    println!("done");
}
