use std::future::Ready;

use zokio::StateMachine;

#[derive(StateMachine)]
#[state_machine(start = Waiting, output = String)]
enum Fetch {
    #[state(end)]
    Waiting(#[future] Ready<u8>),
}

impl Fetch {
    fn on_waiting(byte: u8) -> u8 {
        byte
    }
}

fn main() {}
