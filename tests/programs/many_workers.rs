//! The same as `one_worker` with two workers: what `.ci/checks/no-lock-prefix` compares it with.

use zokio::plumbing::Handle;
use zokio_tests::yield_now;

/// The runtime to compare with.
#[zokio::runtime(workers = 2, io = none, report = off)]
struct Two;

fn main() -> std::io::Result<()> {
    let sum = Two::new()?.block_on(sum());
    assert_eq!(sum, 499_500);
    Ok(())
}

/// Spawns, wakes and polls tasks, and awaits their handles.
async fn sum() -> u32 {
    let tasks: Vec<_> = (0..1000)
        .map(|n| {
            Handle::current().spawn(async move {
                yield_now().await;
                n
            })
        })
        .collect();
    let mut sum = 0;
    for task in tasks {
        sum += task.await.expect("no task panics");
    }
    sum
}
