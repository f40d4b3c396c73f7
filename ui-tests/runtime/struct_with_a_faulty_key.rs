#[zokio::runtime(workers = 0)]
struct App;

fn main() {
    let app = App::new().unwrap();
    app.block_on(async {});
}
