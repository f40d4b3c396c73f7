use zokio::StateMachine;

#[derive(StateMachine)]
#[state_machine(start = Waiting)]
struct Fetch {
    #[future]
    wait: std::future::Ready<u8>,
}

fn main() {}
