//! Functions are the compiler's coroutines: their states have the names that machines' have, budgets are nobody's, and what says that it is a
//! machine remains one.

use std::any::type_name_of_val;
use std::pin::Pin;
use std::task::{Context, Waker};

use zokio::StateMachine;

#[zokio::runtime(workers = 1, io = none, max_task_size = 64)]
struct App;

#[derive(Default)]
struct Once(bool);

impl Future for Once {
    type Output = u8;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> std::task::Poll<u8> {
        cx.waker().wake_by_ref();
        if std::mem::replace(&mut self.0, true) { std::task::Poll::Ready(1) } else { std::task::Poll::Pending }
    }
}

#[zokio::async_fn(max_size = 16)]
async fn held(bytes: [u8; 100]) -> u8 {
    let first = bytes[0];
    first + Once::default().await + bytes[99]
}

struct Counter(u8);

impl Counter {
    #[zokio::async_fn]
    async fn next(&mut self) -> Result<u8, u8> {
        self.0 += Once::default().await;
        if self.0 > 1 { Err(self.0)? }
        Ok(self.0)
    }
}

#[zokio::async_fn(machine = explicit)]
async fn insists() -> u8 {
    Once::default().await
}

fn is_coroutine<T>(future: &T) -> bool {
    type_name_of_val(future).contains("::Native<")
}

fn main() {
    let mut cx = Context::from_waker(Waker::noop());
    let mut future = Box::pin(held([1; 100]));
    assert!(is_coroutine(&*future) && size_of_val(&*future) > 100);
    assert!(future.as_mut().poll(&mut cx).is_pending());
    assert_eq!((future.state().name, future.state().awaited), ("default", "Once::default()"));
    future.as_mut().reset(([2; 100],));
    assert_eq!(future.state().name, "Unresumed");

    let mut counter = Counter(0);
    let mut next = Box::pin(counter.next());
    assert!(is_coroutine(&*next));
    assert!(next.as_mut().poll(&mut cx).is_pending());
    assert!(next.as_mut().poll(&mut cx).is_ready() && next.is_completed() && !next.is_failed());

    assert!(!is_coroutine(&insists()));
    assert!(!is_coroutine(&zokio::async_block! { Once::default().await }));

    let app = App::new().unwrap();
    assert_eq!(app.block_on(app.spawn(held([3; 100]))).unwrap(), 7);
}
