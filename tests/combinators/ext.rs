//! What can be done with any future.

use std::future::{pending, ready};
use std::time::Duration;

use zokio::future::{FutureExt, join_all, try_join_all};
use zokio::task::yield_now;
use zokio::time::Instant;

async fn twice(number: u32) -> u32 {
    yield_now().await;
    number * 2
}

#[zokio::test]
async fn outputs_are_mapped_and_gone_on_with() {
    assert_eq!(twice(2).map(|four| four + 1).await, 5);
    assert_eq!(twice(2).then(twice).await, 8);
}

#[zokio::test]
async fn what_is_late_ends() {
    assert_eq!(twice(2).timeout(Duration::from_secs(60)).await, Ok(4));
    pending::<()>().timeout(Duration::from_millis(1)).await.unwrap_err();
    pending::<()>().timeout_at(Instant::now()).await.unwrap_err();
}

#[zokio::test]
async fn a_panic_is_caught() {
    assert_eq!(ready(1).catch_unwind().await.unwrap(), 1);
    let panicked =
        async { panic!("told by the future") }.catch_unwind().map(|caught: Result<(), _>| caught.unwrap_err());
    assert_eq!(panicked.await.downcast_ref::<&str>(), Some(&"told by the future"));
}

#[zokio::test]
async fn lists_are_joined() {
    assert_eq!(join_all((0..100).map(twice)).await.into_iter().sum::<u32>(), 9900);
    let failing = (0..3).map(|number| async move { if number == 1 { Err(number) } else { Ok(twice(number).await) } });
    assert_eq!(try_join_all(failing).await, Err(1));
}
