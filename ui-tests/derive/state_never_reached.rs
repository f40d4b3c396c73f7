use std::future::Ready;

use zokio::StateMachine;

#[derive(StateMachine)]
#[state_machine(start = Waiting)]
enum Fetch {
    #[state(to(Done))]
    Waiting(#[future] Ready<u8>),
    #[state(to(Done))]
    Reading(#[future] Ready<u8>),
    #[state(end)]
    Done,
}

fn main() {}
