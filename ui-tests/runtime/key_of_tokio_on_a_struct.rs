#[zokio::runtime(flavor = "multi_thread", worker_threads = 2)]
struct App;

fn main() {
    let app = App::new().unwrap();
    app.block_on(async {});
}
