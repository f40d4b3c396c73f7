//! `async` closures: where a closure that makes futures is asked for, and where an `AsyncFn` is.

use std::future::Future;

use zokio_tests::twin::{Script, Value};

async fn twice<F: Future<Output = u32>>(t: &Script, mut of: impl FnMut(Value, u32) -> F) -> u32 {
    of(t.value(1), 2).await + of(t.value(3), 4).await
}

async fn with<R>(t: &Script, of: impl AsyncFnOnce(&mut Value) -> R) -> R {
    let mut value = t.value(5);
    of(&mut value).await
}

async fn all(futures: impl Iterator<Item = impl Future<Output = u32>>) -> u32 {
    let mut sum = 0;
    for future in futures {
        sum += future.await;
    }
    sum
}

struct All(Vec<Value>);

impl All {
    async fn map<R>(&self, each: impl AsyncFn(&Value) -> R) -> Vec<R> {
        let mut all = Vec::new();
        for value in &self.0 {
            all.push(each(value).await);
        }
        all
    }
}

async fn retried<F: Future<Output = Option<u32>>>(mut attempt: impl FnMut(u32) -> F) -> u32 {
    let mut number = 0;
    loop {
        number += 1;
        if let Some(result) = attempt(number).await {
            break result;
        }
    }
}

bodies! {
    async fn futures_go_on_without_the_closure(t: Script) -> u32 {
        let value = t.value(7);
        let name = &value;
        let sum = twice(&t, async |given: Value, (n): u32| {
            t.leaf(n).await;
            if t.dice(2) == 0 {
                return n;
            }
            given.look() + value.look() + name.look()
        })
        .await;
        t.leaf(1).await;
        sum + value.look()
    }
    async fn what_a_pattern_does_not_bind_is_the_futures_too(t: Script) -> u32 {
        let value = t.value(7);
        let sum = twice(&t, async |_: Value, n: u32| t.leaf(n).await + value.look()).await;
        t.leaf(1).await;
        sum
    }
    async fn of_an_iterator(t: Script) -> u32 {
        let value = t.value(7);
        let sum = all((0..3_u32).map(async |n| t.leaf(n).await + value.look())).await;
        t.leaf(2).await;
        sum + value.look()
    }
    async fn one_that_consumes(t: Script) -> u32 {
        let value = t.value(7);
        t.leaf(1).await;
        None.unwrap_or_else(async || {
            t.leaf(2).await;
            value.finish()
        })
        .await
    }
    async fn a_block_of_a_closure_that_consumes(t: Script) -> u32 {
        let (value, other) = (t.value(7), t.value(8));
        t.leaf(1).await;
        let one = None.unwrap_or_else(|| async { value.finish() }).await;
        let more = all((0..3_u32).map(|_| async { t.leaf(2).await + other.look() })).await;
        one + more
    }
    async fn what_is_lent_for_each_call(t: Script) -> u32 {
        let value = t.value(7);
        let mut count = 0;
        let looked = with(&t, async |lent| {
            t.leaf(1).await;
            lent.number += value.look();
            count += 1;
            lent.look()
        })
        .await;
        let further = async |lent: &Value| t.leaf(2).await + lent.look();
        looked + count + further(&value).await
    }
    async fn of_a_method_that_asks_for_an_async_function(t: Script) -> u32 {
        let all = All(vec![t.value(1), t.value(2)]);
        let value = t.value(3);
        let looked = all.map(async |of| t.leaf(1).await + of.look() + value.look()).await;
        t.leaf(2).await;
        looked.into_iter().sum::<u32>() + value.look()
    }
    async fn of_a_function_that_asks_for_futures(t: Script) -> u32 {
        let value = t.value(3);
        let looked = retried(async |number| (t.leaf(number).await > 1).then(|| value.look() + number)).await;
        t.leaf(1).await;
        looked + value.look()
    }
}
