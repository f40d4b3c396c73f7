//! The body means what it means without the attribute: the expansion's own names are not seen.
#![allow(dead_code)]

struct Runtime(u8);
struct Option;
struct Result;
struct Self_;
mod plumbing {}
mod std {}
mod core {}

fn future() -> u8 {
    1
}

fn output() -> u8 {
    2
}

#[zokio::main(workers = 1, io = none)]
async fn main() {
    let z = Runtime(future() + output());
    assert_eq!(z.0, 3);
}
