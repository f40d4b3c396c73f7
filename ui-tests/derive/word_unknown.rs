use std::future::Ready;

use zokio::StateMachine;

#[derive(StateMachine)]
#[state_machine(start = Waiting)]
enum Fetch {
    #[state(tto(Done))]
    Waiting(#[future] Ready<u8>),
    #[state(finally)]
    Done,
}

fn main() {}
