use std::future::Ready;

use zokio::StateMachine;

#[derive(StateMachine)]
#[state_machine(output = u8)]
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
