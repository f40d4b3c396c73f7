use std::future::Ready;

use zokio::StateMachine;

#[derive(StateMachine)]
#[state_machine(start = Waiting, output = u8, output = u16)]
enum Fetch {
    #[state(end)]
    Waiting(#[future] Ready<u8>),
}

fn main() {}
