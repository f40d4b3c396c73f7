use std::future::Ready;

use zokio::StateMachine;

use std::rc::Rc;

#[derive(StateMachine)]
#[state_machine(start = Waiting)]
enum Fetch {
    #[state(end)]
    Waiting(#[future] Ready<u8>, Rc<u8>),
}

impl Fetch {
    fn on_waiting(_: u8, _: Rc<u8>) {}
}

fn main() {
    zokio::spawn(Fetch::start(std::future::ready(1), Rc::new(2)));
}
