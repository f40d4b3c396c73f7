#[zokio::async_fn]
async fn f(v: Vec<u32>) -> usize {
    drop(v);
    async {}.await;
    v.len()
}

fn main() {
    drop(f(vec![]));
}
