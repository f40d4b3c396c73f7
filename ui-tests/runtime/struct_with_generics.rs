#[zokio::runtime]
struct App<T>;

fn main() {}
