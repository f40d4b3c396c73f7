#[zokio::runtime]
pub struct App {
    name: String,
}

fn main() {}
