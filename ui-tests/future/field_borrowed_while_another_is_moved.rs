//! The machine's closure has all of what it moves a field of, also what is borrowed.

struct Pair {
    name: String,
    text: String,
}

#[zokio::async_fn]
async fn pause() {}

#[zokio::async_fn]
async fn lengths(pair: Pair) -> usize {
    let text = &pair.text;
    let name = move || pair.name.len();
    pause().await;
    name() + text.len()
}

fn main() {
    drop(lengths(Pair { name: String::new(), text: String::new() }));
}
