#[zokio::test(stealing = true)]
async fn works() {}

fn main() {}
