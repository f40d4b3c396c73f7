//! The macro alone knows when it evaluates its message.

macro_rules! found {
    ($condition:expr, $message:expr) => {
        if !$condition {
            println!("{}", $message);
        }
    };
}

use found as ensure;

#[zokio::async_fn]
async fn count() -> u32 {
    3
}

#[zokio::async_fn]
async fn checked(limit: u32) {
    ensure!(limit > 3, count().await);
}

fn main() {
    drop(checked(1));
}
