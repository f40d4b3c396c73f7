#[zokio::async_fn]
async fn f(n: Option<u32>) -> u32 {
    if let Some(n) = n
        && let Some(m) = async { Some(n) }.await
    {
        async {}.await;
        m
    } else {
        0
    }
}

fn main() {
    drop(f(None));
}
