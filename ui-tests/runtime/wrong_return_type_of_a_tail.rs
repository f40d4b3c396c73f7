#[zokio::main]
async fn main() -> std::io::Result<()> {
    let answer = 42;
    answer
}
