use std::future::Ready;

use zokio::StateMachine;

#[derive(StateMachine)]
#[state_machine(start = Waiting)]
enum Fetch {
    #[state(to(Reading, Done))]
    Waiting(#[future] Ready<u8>),
    #[state(to(Writing))]
    Reading(#[future] Ready<u8>),
    #[state(to(Reading))]
    Writing(#[future] Ready<u8>),
    #[state(end)]
    Done,
}

fn main() {}
