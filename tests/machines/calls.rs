//! Calls and macros that consume, diverge or return.

use std::future::Future;

use zokio_tests::twin::{Failure, Script, Value};

fn named(f: impl FnOnce(u32) -> u32, n: u32) -> u32 {
    f(n)
}
async fn again<F: FnMut() -> Fut, Fut: Future<Output = u32>>(mut f: F) -> u32 {
    f().await + f().await
}

macro_rules! bail {
    ($failure:expr) => {
        return Err($failure)
    };
}
macro_rules! ensure {
    ($condition:expr, $failure:expr) => {
        if !$condition {
            return Err($failure);
        }
    };
}

bodies! {
    async fn function_called_once(t: Script, f: Box<dyn FnOnce(u32) -> u32> = { let v = t.value(5); Box::new(move |n| n + v.finish()) }) -> u32 {
        let n = t.leaf(1).await;
        let n = f(n);
        t.leaf(2).await;
        n
    }
    async fn moved_out_of_a_box(t: Script, b: Box<Value> = Box::new(t.value(5))) -> u32 {
        t.leaf(1).await;
        let v = *b;
        t.leaf(2).await;
        v.finish()
    }
    async fn copied_out_of_a_guard(t: Script) -> u32 {
        let shared = std::rc::Rc::new(7);
        let reference = &*shared;
        t.leaf(1).await;
        let n = *reference;
        t.leaf(2).await;
        let m = *shared;
        t.leaf(3).await;
        n + m
    }
    async fn returns_in_a_macro(t: Script) -> Result<u32, Failure> {
        let v = t.value(1);
        t.leaf(1).await;
        if t.coin() {
            bail!(Failure(7));
        }
        t.leaf(2).await;
        ensure!(v.look() > 0, Failure(8));
        let n = match t.dice(3) {
            0 => t.leaf(3).await,
            1 => bail!(Failure(v.finish())),
            n => n,
        };
        t.leaf(4).await;
        Ok(n)
    }
    async fn block_in_a_closure(t: Script) -> u32 {
        let v = t.value(1);
        let n = again(|| async { t.leaf(1).await + v.look() }).await;
        t.leaf(2).await;
        n
    }
    async fn closure_that_consumes_by_a_pattern(t: Script) -> u32 {
        let v = Some(t.value(1));
        let n = t.leaf(1).await;
        let n = Some(n).map(|n| if let Some(v) = v { n + v.finish() } else { n });
        t.leaf(2).await;
        n.unwrap()
    }
    async fn patterns_without_names(t: Script) -> u32 {
        let n = Some(t.dice(4));
        t.leaf(1).await;
        if let Some(1) | Some(2) = n {
            t.leaf(2).await
        } else {
            t.leaf(3).await
        }
    }
}

macro_rules! first {
    ($($value:expr);*) => { [$(&$value),*][0] };
}
macro_rules! called {
    ($value:expr) => {{
        let look = move || $value.look();
        look()
    }};
}
/// A body of its own, as the macros that make streams have it.
macro_rules! stream {
    ($($body:tt)*) => { async move { $($body)* } };
}

bodies! {
    async fn macro_of_ones_own(t: Script) -> u32 {
        let (a, b) = (t.value(1), t.value(2));
        t.leaf(1).await;
        let n = first!(a; b).look();
        t.leaf(2).await;
        n + b.look()
    }
    async fn macro_with_a_body(t: Script) -> u32 {
        let v = t.value(1);
        let n = t.dice(3);
        t.leaf(1).await;
        let body = Box::pin(stream! {
            let text = format!("{n}");
            t.leaf(2).await + v.look() + text.len() as u32
        });
        body.await
    }
}
