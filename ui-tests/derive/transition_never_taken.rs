#![deny(dead_code)]

use std::future::Ready;

use zokio::StateMachine;

#[derive(StateMachine)]
#[state_machine(start = Waiting)]
enum Fetch {
    #[state(to(Done, Failed))]
    Waiting(#[future] Ready<u8>),
    #[state(end)]
    Done,
    #[state(failed)]
    Failed,
}

impl Fetch {
    fn on_waiting(_: u8) -> FetchAfterWaiting {
        FetchAfterWaiting::Done
    }

    fn on_done() {}

    fn on_failed() {}
}

fn main() {
    let _machine = Fetch::start(std::future::ready(1));
}
