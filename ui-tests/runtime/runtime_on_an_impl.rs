struct App;

#[zokio::runtime(workers = 2)]
impl App {}

fn main() {}
