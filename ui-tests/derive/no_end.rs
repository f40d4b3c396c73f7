use std::future::Ready;

use zokio::StateMachine;

#[derive(StateMachine)]
#[state_machine(start = Waiting)]
enum Fetch {
    #[state(to(Reading))]
    Waiting(#[future] Ready<u8>),
    #[state(to(Waiting))]
    Reading(#[future] Ready<u8>),
}

fn main() {}
