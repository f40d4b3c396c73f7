use std::future::Ready;

use zokio::StateMachine;

#[derive(StateMachine)]
#[state_machine(start = Waiting)]
enum Fetch<F: Future<Output = u8>> {
    #[state(end)]
    Waiting(#[future] F, Ready<u8>),
}

impl<F: Future<Output = u8>> Fetch<F> {
    fn on_waiting(_: u8, _: Ready<u8>) {}
}

impl<F: Future<Output = u8>> Unpin for Fetch<F> {}

fn main() {}
