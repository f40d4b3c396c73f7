use std::future::Ready;

use zokio::StateMachine;

#[derive(StateMachine)]
#[state_machine(start = Waiting)]
enum Fetch {
    #[state(end)]
    Waiting(#[future] Ready<u8>, String),
}

impl Fetch {
    fn on_waiting(_: u8, _: &str) {}
}

fn main() {}
