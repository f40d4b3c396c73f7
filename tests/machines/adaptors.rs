//! Adaptors of streams and of futures, whose closures make `async` blocks that answer as those of `Option` and `Result` do.

use std::future::Future;

use zokio_tests::twin::{Failure, Script, Value};

/// What comes one after another, as a library's streams have it.
trait Stream: Sized {
    type Item;

    async fn next(&mut self) -> Option<Self::Item>;

    fn filter_map<R: Future<Output = Option<O>>, O, F: FnMut(Self::Item) -> R>(self, each: F) -> FilterMap<Self, F> {
        FilterMap { stream: self, each }
    }

    fn scan<S, R: Future<Output = Option<O>>, O, F: FnMut(&mut S, Self::Item) -> R>(
        self,
        state: S,
        each: F,
    ) -> Scan<Self, S, F> {
        Scan { stream: self, state, each }
    }
}

async fn collected<S: Stream>(mut stream: S) -> Vec<S::Item> {
    let mut all = Vec::new();
    while let Some(item) = stream.next().await {
        all.push(item);
    }
    all
}

struct Numbers<'t> {
    t: &'t Script,
    numbers: std::ops::Range<u32>,
}

impl Stream for Numbers<'_> {
    type Item = u32;
    async fn next(&mut self) -> Option<u32> {
        let n = self.numbers.next()?;
        Some(self.t.leaf(n).await)
    }
}

struct FilterMap<S, F> {
    stream: S,
    each: F,
}

impl<S: Stream, R: Future<Output = Option<O>>, O, F: FnMut(S::Item) -> R> Stream for FilterMap<S, F> {
    type Item = O;
    async fn next(&mut self) -> Option<O> {
        while let Some(item) = self.stream.next().await {
            if let Some(found) = (self.each)(item).await {
                return Some(found);
            }
        }
        None
    }
}

struct Scan<S, T, F> {
    stream: S,
    state: T,
    each: F,
}

impl<S: Stream, T, R: Future<Output = Option<O>>, O, F: FnMut(&mut T, S::Item) -> R> Stream for Scan<S, T, F> {
    type Item = O;
    async fn next(&mut self) -> Option<O> {
        let item = self.stream.next().await?;
        (self.each)(&mut self.state, item).await
    }
}

/// Futures that may fail, as a library has them.
trait Attempt<T, E>: Future<Output = Result<T, E>> + Sized {
    async fn and_then<U, R: Future<Output = Result<U, E>>, F: FnOnce(T) -> R>(self, then: F) -> Result<U, E> {
        match self.await {
            Ok(value) => then(value).await,
            Err(failure) => Err(failure),
        }
    }

    async fn or_else<G, R: Future<Output = Result<T, G>>, F: FnOnce(E) -> R>(self, otherwise: F) -> Result<T, G> {
        match self.await {
            Ok(value) => Ok(value),
            Err(failure) => otherwise(failure).await,
        }
    }
}

impl<T, E, A: Future<Output = Result<T, E>>> Attempt<T, E> for A {}

bodies! {
    async fn some_are_kept(t: Script) -> Vec<u32> {
        t.leaf(9).await;
        let kept = Numbers { t: &t, numbers: 1..4 }.filter_map(|n| async move { (n > 1).then_some(n) });
        collected(kept).await
    }
    async fn some_that_await_are_kept(t: Script) -> u32 {
        let value = t.value(2);
        let (t, least) = (&t, &value);
        let stream = Numbers { t, numbers: 1..4 };
        let kept = stream.filter_map(|n| async move { (t.leaf(n).await >= least.look()).then_some(n) });
        collected(kept).await.into_iter().sum()
    }
    async fn a_state_goes_along(t: Script) -> Vec<u32> {
        t.leaf(9).await;
        let sums = Numbers { t: &t, numbers: 1..4 }.scan(0, |sum, n| {
            *sum += n;
            let now = *sum;
            async move { (now < 5).then_some(now) }
        });
        collected(sums).await
    }
    async fn another_attempt_follows(t: Script) -> Result<u32, Failure> {
        t.leaf(9).await;
        t.carry(t.fallible(1)).and_then(|n| async move { Ok(n + 1) }).await
    }
    async fn another_attempt_follows_that_awaits(t: Script) -> Result<u32, Failure> {
        let value = t.value(2);
        let (t, more) = (&t, &value);
        let both = t.carry(t.fallible(1)).and_then(|n| async move { t.fallible(t.leaf(n).await + more.look()) });
        let n = both.await?;
        t.leaf(n).await;
        Ok(value.finish())
    }
    async fn another_attempt_is_made_otherwise(t: Script) -> Result<u32, u32> {
        t.leaf(9).await;
        t.carry(t.fallible(1)).or_else(|failure| async move { Err(failure.0 + 4) }).await
    }
}
