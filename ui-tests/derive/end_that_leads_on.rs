use std::future::Ready;

use zokio::StateMachine;

#[derive(StateMachine)]
#[state_machine(start = Waiting)]
enum Fetch {
    #[state(end, to(Done))]
    Waiting(#[future] Ready<u8>),
    #[state(end)]
    Done,
}

fn main() {}
