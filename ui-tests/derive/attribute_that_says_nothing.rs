use std::future::Ready;

use zokio::StateMachine;

#[derive(StateMachine)]
#[state_machine]
enum Fetch {
    #[state]
    Waiting(#[future] Ready<u8>),
    #[state(to())]
    Done,
}

fn main() {}
