#[zokio::runtime(workers = 1, io = none, max_task_size = 256)]
struct App;

async fn holds_much() -> usize {
    let buffer = [1_u8; 700];
    std::future::pending::<()>().await;
    buffer.len()
}

fn main() {
    let app = App::new().unwrap();
    drop(app.spawn(holds_much()));
    drop(app.spawn_local(holds_much()));
    // On the stack of its caller, not in a task.
    app.block_on(holds_much());
}
