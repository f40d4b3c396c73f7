#[zokio::async_fn]
async fn f(n: Option<u32>) -> u32 {
    match n {
        Some(n) if async { n > 3 }.await => n,
        _ => 0,
    }
}

fn main() {
    drop(f(None));
}
