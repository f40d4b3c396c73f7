use std::future::Ready;

use zokio::StateMachine;

#[derive(StateMachine)]
#[state_machine(start = Waiting)]
enum Fetch {
    #[state(to(Reading))]
    Waiting(#[future] Ready<u8>),
    #[state(to(Done))]
    Reading(#[future] Ready<u8>),
    #[state(end)]
    Done,
}

impl Fetch {
    fn on_waiting(byte: u8) -> FetchAfterWaiting {
        if byte == 0 { FetchAfterWaiting::Done } else { FetchAfterWaiting::Reading(std::future::ready(byte)) }
    }

    fn on_reading(_: u8) -> FetchAfterReading {
        FetchAfterReading::Done
    }

    fn on_done() {}
}

fn main() {}
