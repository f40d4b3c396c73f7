use std::future::Ready;

use zokio::StateMachine;

#[derive(StateMachine)]
#[state_machine(start = Waiting)]
enum Fetch {
    #[state(to(Done))]
    Waiting(#[future] Ready<u8>),
    Done,
}

fn main() {}
