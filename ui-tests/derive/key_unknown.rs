use std::future::Ready;

use zokio::StateMachine;

#[derive(StateMachine)]
#[state_machine(start = Waiting, ouput = u8)]
enum Fetch {
    #[state(end)]
    Waiting(#[future] Ready<u8>),
}

fn main() {}
