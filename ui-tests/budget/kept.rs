#[zokio::runtime(workers = 1, io = none, max_task_size = 256)]
struct App;

async fn wait() {}

#[zokio::async_fn(max_size = 64)]
async fn holds_little(first: u64) -> u64 {
    wait().await;
    first
}

#[zokio::async_fn(machine = rustc, max_size = 64)]
async fn is_a_coroutine(first: u64) -> u64 {
    wait().await;
    first
}

fn main() {
    let app = App::new().unwrap();
    let (one, other) = (app.spawn(holds_little(1)), app.spawn_local(is_a_coroutine(2)));
    assert_eq!(app.block_on(async { one.await.unwrap() + other.await.unwrap() }), 3);
}
