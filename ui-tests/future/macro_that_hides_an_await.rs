macro_rules! info {
    ($($tokens:tt)*) => {};
}

#[zokio::async_fn]
async fn f() {
    info!(target: "x", n = async { 3 }.await);
}

fn main() {
    drop(f());
}
