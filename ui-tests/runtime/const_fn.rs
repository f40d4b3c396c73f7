#[zokio::runtime]
const fn n() {}

fn main() {}
