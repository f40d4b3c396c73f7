use std::future::Ready;

use zokio::StateMachine;

#[derive(StateMachine)]
#[state_machine(start = Waiting)]
enum Fetch {
    #[state(end)]
    Waiting(#[future(pin)] Ready<u8>),
}

fn main() {}
