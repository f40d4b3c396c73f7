use zokio::StateMachine;

#[derive(StateMachine)]
enum Fetch {}

fn main() {}
