#[zokio::test(io = stub)]
async fn works() {}

fn main() {}
