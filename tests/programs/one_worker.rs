//! A runtime with one worker and nothing else: what `.ci/checks/no-lock-prefix` disassembles.

use zokio::plumbing::Handle;
use zokio_tests::yield_now;

/// The runtime under the check.
#[zokio::runtime(workers = 1, io = none, report = off)]
struct One;

fn main() -> std::io::Result<()> {
    let sum = One::new()?.block_on(sum());
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
