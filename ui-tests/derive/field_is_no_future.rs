use zokio::StateMachine;

#[derive(StateMachine)]
#[state_machine(start = Waiting)]
enum Fetch {
    #[state(end)]
    Waiting(#[future] String),
}

impl Fetch {
    fn on_waiting(_: String) {}
}

fn main() {}
