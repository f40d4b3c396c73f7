//! Macros with awaits in them.

use std::pin::pin;
use std::task::Poll;

use crate::{fallible, gives, later};

/// The first of two that returns: as with every `select!`, it is the syntax that the machine goes by.
macro_rules! select {
    ($one:pat = $a:expr => $first:expr, $other:pat = $b:expr => $second:expr $(,)?) => {{
        let (mut a, mut b) = (pin!($a), pin!($b));
        let selected = std::future::poll_fn(|cx| {
            if let Poll::Ready(value) = a.as_mut().poll(cx) {
                return Poll::Ready(Ok(value));
            }
            b.as_mut().poll(cx).map(Err)
        });
        match selected.await {
            Ok($one) => $first,
            Err($other) => $second,
        }
    }};
}

#[zokio::async_fn]
async fn formatted(name: &str) -> String {
    let number = later(1).await;
    format!("{name} {number} {}", later(2).await)
}

#[zokio::async_fn]
async fn vectors() -> Vec<u32> {
    let mut list = vec![later(1).await, later(2).await];
    list.extend(vec![later(3).await; 2]);
    list
}

#[zokio::async_fn]
async fn asserted(number: u32) -> bool {
    assert!(later(number).await == number, "{number}");
    assert_eq!(later(number).await, number);
    matches!(later(number).await, 1 | 2)
}

#[zokio::async_fn]
async fn joined() -> u32 {
    let (one, two) = zokio::join!(later(1), later(2));
    one + two
}

#[zokio::async_fn]
async fn tried() -> Result<u32, crate::Failure> {
    let (one, two) = zokio::try_join!(fallible(1), fallible(2))?;
    Ok(one + two)
}

#[zokio::async_fn]
async fn selected() -> u32 {
    let mut seen = 0;
    while seen < 3 {
        select! {
            number = later(1) => seen += number,
            () = std::future::pending::<()>() => seen += later(100).await,
        }
    }
    seen
}

#[zokio::async_fn]
async fn pinned() -> u32 {
    let mut future = std::pin::pin!(later(5));
    let number = later(1).await;
    number + future.as_mut().await
}

#[test]
fn macros() {
    gives(formatted("a"), &"a 1 2".to_owned());
    gives(vectors(), &vec![1, 2, 3, 3]);
    gives(asserted(1), &true);
    gives(joined(), &3);
    gives(tried(), &Ok(3));
    gives(selected(), &3);
    gives(pinned(), &6);
}
