struct Entry {
    count: u32,
}

async fn text() -> String {
    String::new()
}

#[zokio::async_fn]
async fn f(entry: &mut Entry) {
    entry.count = text().await;
}

fn main() {}
