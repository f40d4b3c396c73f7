use std::future::Ready;

use zokio::StateMachine;

#[derive(StateMachine)]
#[state_machine(start = Waiting)]
#[state(end)]
enum Fetch {
    #[state(end)]
    #[future]
    Waiting(#[state_machine(output = u8)] Ready<u8>),
}

fn main() {}
