use std::future::Ready;

use zokio::StateMachine;

#[derive(StateMachine)]
#[state_machine(start = Waiting)]
enum Fetch {
    #[state(end)]
    Waiting(#[future] Ready<u8>),
}

impl Fetch {
    fn on_waiting(_: u8) {}
}

impl Drop for Fetch {
    fn drop(&mut self) {}
}

fn main() {}
