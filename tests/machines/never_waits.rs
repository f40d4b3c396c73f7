//! What never waits asks its callers for nothing that an `async fn` would not: an implementation of a trait, which promises nothing of its parameters, may await it.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

trait Extracts<'r>: Sized {
    async fn extract(request: &'r str) -> Result<Self, String>;
}

struct Path<T>(T);

impl<T: std::str::FromStr> Path<T> {
    #[zokio::async_fn]
    async fn parsed(request: &str) -> Result<Self, T::Err> {
        let value = request.parse()?;
        let seen = &value;
        let _ = seen;
        Ok(Path(value))
    }
}

impl<'r, T: std::str::FromStr> Extracts<'r> for Path<T> {
    #[zokio::async_fn]
    async fn extract(request: &'r str) -> Result<Self, String> {
        Self::parsed(request).await.map_err(|_| request.to_owned())
    }
}

#[test]
fn is_awaited_by_an_implementation() {
    let extracted = |request| match pin!(Path::<u8>::extract(request)).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(extracted) => extracted.map(|Path(number)| number),
        Poll::Pending => unreachable!("nothing waits"),
    };
    assert_eq!(extracted("7"), Ok(7));
    assert_eq!(extracted("700"), Err("700".to_owned()));
}
