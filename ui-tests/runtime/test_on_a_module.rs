#[zokio::test]
mod tests {}

fn main() {}
