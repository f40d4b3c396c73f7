//! Closures and `async` blocks within closures: what they borrow, copy and change.

use std::future::Future;
use std::pin::Pin;

use zokio_tests::twin::{Script, Value};

async fn look(one: &Value, other: &Value) -> u32 {
    one.look() + other.look()
}

fn text(value: &Value) -> &Value {
    value
}

fn now<F: Future>(future: F) -> Option<F::Output> {
    let mut cx = std::task::Context::from_waker(std::task::Waker::noop());
    match std::pin::pin!(future).poll(&mut cx) {
        std::task::Poll::Ready(value) => Some(value),
        std::task::Poll::Pending => None,
    }
}

bodies! {
    async fn closures_within_adaptors(t: Script) -> u32 {
        let least = t.value(1);
        let (ones, others) = ([t.value(1), t.value(2)], vec![t.value(3), t.value(4)]);
        t.leaf(1).await;
        let sum: u32 = ones.iter().flat_map(|one| others.iter().map(|other| one.look() + other.look() + least.look())).sum();
        let more = ones.iter().flat_map(|_| others.iter().filter(|other| other.look() > least.look())).count();
        let mut total = 0;
        ones.iter().for_each(|one| others.iter().for_each(|other| total += one.look() * other.look()));
        t.leaf(2).await;
        sum + more as u32 + total + least.look()
    }
    async fn boxed_blocks_of_closures(t: Script) -> u32 {
        let one = t.value(1);
        let others = vec![t.value(2), t.value(3)];
        t.leaf(1).await;
        let futures: Vec<Pin<Box<dyn Future<Output = u32> + '_>>> =
            others.iter().map(|other| Box::pin(async { look(&one, other).await + t.leaf(2).await }) as _).collect();
        let mut sum = 0;
        for future in futures {
            sum += future.await;
        }
        sum + one.look()
    }
    async fn blocks_leave_the_scope_of_a_reference(t: Script) -> u32 {
        let value = t.value(1);
        let others = vec![t.value(2), t.value(3)];
        t.leaf(1).await;
        let futures: Vec<_> = {
            let seen = text(&value);
            t.leaf(2).await;
            others.iter().map(|other| async { t.leaf(1).await + other.look() + seen.look() }).collect()
        };
        let filled = [9_u64; 8];
        t.leaf(1).await;
        let mut sum = filled[3] as u32;
        for future in futures {
            sum += future.await;
        }
        sum
    }
    async fn blocks_that_move_have_what_was(t: Script) -> u32 {
        let mut futures = Vec::new();
        for n in 0..3_u32 {
            let tens = n * 10;
            t.leaf(1).await;
            futures.extend((0..2_u32).map(|one| async move { one + tens + n }));
            t.leaf(tens).await;
        }
        let mut sum = 0;
        for future in futures {
            sum = sum * 3 + future.await;
        }
        sum
    }
    async fn closures_that_move_have_what_was(t: Script) -> u32 {
        let mut n = 1_u32;
        let mut pair = (1_u32, t.leaf(2).await);
        let mut up = |by: u32| {
            let old = move || n * 100 + pair.0 * 10 + pair.1;
            n += by;
            pair.0 += by;
            old()
        };
        let (one, other) = (up(2), up(3));
        t.leaf(1).await;
        one * 1000 + other + n + pair.0
    }
    async fn blocks_within_blocks_change_what_is_around(t: Script) -> u32 {
        let value = t.value(3);
        let job = || async {
            let mut count = value.look();
            async {
                count += 1;
                t.leaf(1).await;
            }
            .await;
            count
        };
        let mut n = t.leaf(0).await;
        let mut twice = || {
            now(async { n += 2; });
            n
        };
        let sum = twice() + twice();
        sum + job().await + job().await
    }
    async fn a_closure_consumes_by_a_method_with_arguments(t: Script) -> u32 {
        let (one, other) = (t.value(1), t.value(2));
        let by = t.leaf(3).await;
        let sum = (|| one.with(by))().look();
        t.leaf(1).await;
        let more = async { other.with(by + 1).finish() };
        t.leaf(2).await;
        sum + more.await
    }
    async fn blocks_take_along_what_is_used_for_the_last_time(t: Script) -> u32 {
        let (number, value) = (t.leaf(2).await, t.value(7));
        let kept = t.value(8);
        let futures: Vec<_> = [t.value(1), t.value(2)]
            .into_iter()
            .map(|given| Box::pin(async { t.leaf(number).await + given.finish() + kept.look() }))
            .collect();
        let once = Some(t.value(3)).map(|given| async { value.finish() + t.leaf(1).await + given.finish() });
        let mut sum = 0;
        for future in futures {
            sum += future.await;
        }
        match once {
            Some(future) => sum + future.await,
            None => sum,
        }
    }
    async fn closures_within_one_that_panics_do_not_leave(t: Script) -> usize {
        let (text, numbers) = ("ab".to_owned(), [1_usize, 2]);
        t.leaf(1).await;
        let sum = std::panic::catch_unwind(|| numbers.iter().map(|one| numbers.iter().map(|other| one * other + text.len()).sum::<usize>()).sum());
        t.leaf(2).await;
        sum.unwrap_or(0) + numbers[1] + text.len()
    }
}
