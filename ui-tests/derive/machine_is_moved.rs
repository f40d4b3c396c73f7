use std::future::Ready;

use zokio::StateMachine;

#[derive(StateMachine)]
#[state_machine(start = Waiting)]
enum Fetch {
    #[state(end)]
    Waiting(#[future] Ready<u8>),
}

impl Fetch {
    fn on_waiting(_: u8) {}
}

fn main() {
    let mut machine = Fetch::start(std::future::ready(1));
    let _ = std::pin::Pin::new(&mut machine);
}
