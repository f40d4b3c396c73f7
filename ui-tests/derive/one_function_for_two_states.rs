use std::future::Ready;

use zokio::StateMachine;

#[derive(StateMachine)]
#[state_machine(start = IO)]
enum Fetch {
    #[state(to(Io))]
    IO(#[future] Ready<u8>),
    #[state(end)]
    Io,
}

fn main() {}
