//! The report says how many allocations a spawn makes: they are counted here.

use super::{One, Two, amount};
use crate::report::Amount;
use crate::spawn::spawn;
use crate::testing::allocations;

/// The allocations of a hundred spawns on this thread, after the queue has grown to hold as many.
async fn of_a_hundred_spawns() -> usize {
    let mut handles = Vec::with_capacity(100);
    let mut counted = 0;
    for _ in 0..2 {
        let before = allocations();
        handles.extend((0..100_u64).map(|n| spawn(async move { n })));
        counted = allocations() - before;
        for handle in handles.drain(..) {
            handle.await.unwrap();
        }
    }
    counted
}

#[test]
fn a_spawn_makes_one_allocation() {
    assert_eq!(amount(&One::OPTIMIZATION_REPORT, "spawn allocations"), Some(Amount::Exactly(1)));
    assert_eq!(One::new().unwrap().block_on(of_a_hundred_spawns()), 100);
    assert_eq!(amount(&Two::OPTIMIZATION_REPORT, "spawn allocations"), Some(Amount::Exactly(1)));
    let runtime = Two::new().unwrap();
    let on_a_worker = runtime.spawn(of_a_hundred_spawns());
    assert_eq!(runtime.block_on(on_a_worker).unwrap(), 100);
}
