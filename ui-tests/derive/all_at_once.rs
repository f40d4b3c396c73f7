use std::future::Ready;

use zokio::StateMachine;

#[derive(StateMachine)]
#[state_machine(start = Waiting, outputs = u8)]
enum Fetch {
    #[state(to(Reading, Reeding))]
    Waiting(#[future] Ready<u8>, #[future] Ready<u8>),
    #[state(to(Waiting, Waiting))]
    Reading(#[future] Ready<u8>),
    Done,
}

impl Fetch {
    fn on_waiting(_: u8, _: u8) -> FetchAfterWaiting {
        FetchAfterWaiting::Reading(std::future::ready(1))
    }

    fn on_reading(_: u8) -> FetchAfterReading {
        FetchAfterReading::Waiting(std::future::ready(1), std::future::ready(2))
    }
}

fn main() {
    let _machine = Fetch::start(std::future::ready(1), std::future::ready(2));
}
