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

#[zokio::async_fn]
async fn named_in_parentheses(pair: Pair) -> usize {
    let text = &pair.text;
    let name = move || (pair).name.len();
    pause().await;
    name() + text.len()
}

#[zokio::async_fn]
async fn named_by_a_pattern(pair: Pair) -> usize {
    let text = &pair.text;
    let name = move || {
        let Pair { name, .. } = &pair;
        name.len()
    };
    pause().await;
    name() + text.len()
}

fn main() {
    drop(named_in_parentheses(Pair { name: String::new(), text: String::new() }));
    drop(named_by_a_pattern(Pair { name: String::new(), text: String::new() }));
    drop(lengths(Pair { name: String::new(), text: String::new() }));
}
