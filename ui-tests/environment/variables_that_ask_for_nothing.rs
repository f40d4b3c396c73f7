//! Both variables are set, each to a word that is not its own: `ZOKIO_CHECK=all` and `ZOKIO_DEBUG=coroutine`.

#[zokio::async_fn]
async fn first() -> u8 {
    1
}

/// Of this one nothing is told again.
#[zokio::async_fn]
async fn second() -> u8 {
    first().await
}

fn main() {
    drop(second());
}
