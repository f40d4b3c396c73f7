#[zokio::async_fn]
async fn f() -> &'static str {
    let text = String::from("text");
    async {}.await;
    &text
}

fn main() {
    drop(f());
}
