//! Nothing but the condition, which the macro shows where it does not hold.

macro_rules! shown {
    ($condition:expr) => {
        $condition
    };
}

use shown as ensure;

#[zokio::async_fn]
async fn count() -> u32 {
    3
}

#[zokio::async_fn]
async fn checked() -> bool {
    ensure!(count().await < 3)
}

fn main() {
    drop(checked());
}
