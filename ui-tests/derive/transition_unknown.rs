use std::future::Ready;

use zokio::StateMachine;

#[derive(StateMachine)]
#[state_machine(start = Waiting)]
enum Fetch {
    #[state(to(Dune, Elsewhere))]
    Waiting(#[future] Ready<u8>),
    #[state(end)]
    Done,
}

impl Fetch {
    fn on_waiting(_: u8) -> FetchAfterWaiting {
        FetchAfterWaiting::Done
    }

    fn on_done() {}
}

fn main() {}
