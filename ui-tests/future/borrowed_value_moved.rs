#[zokio::async_fn]
async fn f(v: Vec<u32>) -> u32 {
    let first = &v[0];
    drop(v);
    async {}.await;
    *first
}

fn main() {
    drop(f(vec![1]));
}
