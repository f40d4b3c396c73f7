#[zokio::test]
#[test]
async fn works() {}

fn main() {}
