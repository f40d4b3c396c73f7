#[zokio::runtime(
    workers = 2,
    stealing = false,
    strategy = round_robin,
    queue_capacity = 64,
    io = auto,
    ring_entries = 32,
    memory = general,
    blocking_threads = 8,
    timer_resolution = "250us",
    thread_name = "app",
    report = off,
    crate = ::zokio,
)]
pub struct App;

fn main() -> std::io::Result<()> {
    let app = App::new()?;
    let task = app.spawn(async { std::thread::current().name().unwrap().to_owned() });
    assert!(app.block_on(task).unwrap().starts_with("app-"));
    assert!(App::OPTIMIZATION_REPORT.decisions.iter().all(|decision| decision.by == zokio::plumbing::By::User));
    Ok(())
}
