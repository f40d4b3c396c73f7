#[zokio::runtime(workers = 1, io = none)]
async fn doubled<T: Clone>(value: &T) -> (T, T) {
    #![allow(clippy::redundant_clone)]
    (value.clone(), value.clone())
}

struct Server;

impl Server {
    #[zokio::runtime(workers = 1, io = none, report = note)]
    pub async fn serve(mut turns: u8, name: String) -> String {
        turns += 1;
        format!("{name} {turns}")
    }
}

fn main() {
    assert_eq!(doubled(&"a"), ("a", "a"));
    assert_eq!(Server::serve(1, "turn".to_owned()), "turn 2");
}
