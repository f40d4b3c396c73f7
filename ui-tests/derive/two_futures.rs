use std::future::Ready;

use zokio::StateMachine;

#[derive(StateMachine)]
#[state_machine(start = Waiting)]
enum Fetch {
    #[state(end)]
    Waiting {
        #[future]
        one: Ready<u8>,
        #[future]
        other: Ready<u8>,
    },
}

fn main() {}
