//! Time goes by the same over every driver.

use std::time::Duration;

use zokio::time::{Instant, interval, sleep, sleep_until, timeout};

use crate::on_all;

on_all!(sleeps_end_in_the_order_of_their_deadlines_and_never_early, async {
    let begin = Instant::now();
    let order = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let tasks: Vec<_> = [30, 10, 20]
        .map(|after| {
            let order = order.clone();
            zokio::spawn(async move {
                let deadline = begin + Duration::from_millis(after);
                sleep_until(deadline).await;
                assert!(Instant::now() >= deadline);
                order.lock().unwrap().push(after);
            })
        })
        .into();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(*order.lock().unwrap(), [10, 20, 30]);
});

on_all!(a_timeout_ends_what_never_does, async {
    let never = std::future::pending::<()>();
    assert!(timeout(Duration::from_millis(2), never).await.is_err());
    assert_eq!(timeout(Duration::from_secs(600), std::future::ready(7)).await.unwrap(), 7);
});

on_all!(an_interval_ticks_at_once_and_then_regularly, async {
    let begin = Instant::now();
    let mut interval = interval(Duration::from_millis(3));
    for tick in 0..4_u32 {
        let at = interval.tick().await;
        assert!(at >= begin + Duration::from_millis(3) * tick);
    }
});

on_all!(a_sleep_dropped_on_another_thread_is_gone, async {
    let mut long = Box::pin(sleep(Duration::from_secs(600)));
    assert!(timeout(Duration::from_millis(2), &mut long).await.is_err());
    zokio::spawn_blocking(move || drop(long)).await.unwrap();
    sleep(Duration::from_millis(2)).await;
});
