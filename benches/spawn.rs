//! Spawning: a thousand tasks one by one, each awaited before the next, and a thousand at once.

use zokio_benches::{
    rounds::{self, name},
    tasks::{self, Measurement},
    workload::Shape,
};

fn main() {
    let mut criterion = rounds::criterion();
    tasks::measure(
        &mut criterion,
        &[
            Measurement { name: name::SPAWN_AND_AWAIT, shape: Shape::OneByOne, tasks: 1_000 },
            Measurement { name: name::SPAWN_THEN_AWAIT, shape: Shape::AllAtOnce, tasks: 1_000 },
        ],
    );
    criterion.final_summary();
}
