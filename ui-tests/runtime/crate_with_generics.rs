#[zokio::main(crate = zokio::<u8>)]
async fn main() {}
