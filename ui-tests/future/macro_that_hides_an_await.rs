macro_rules! info {
    ($($tokens:tt)*) => {};
}

#[zokio::async_fn]
async fn f() {
    info!(n = async { 3 }.await; "x");
}

fn main() {
    drop(f());
}
