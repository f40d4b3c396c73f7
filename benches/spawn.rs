//! Spawning: a thousand tasks one by one, each awaited before the next, and a thousand at once.

use zokio_benches::{
    rounds,
    tasks::{self, Measurement},
    workload::Shape,
};

fn main() {
    let mut criterion = rounds::criterion();
    tasks::measure(
        &mut criterion,
        &[
            Measurement {
                name: "spawn and await",
                shape: Shape::OneByOne,
                tasks: 1_000,
            },
            Measurement {
                name: "spawn 1000, await all",
                shape: Shape::AllAtOnce,
                tasks: 1_000,
            },
        ],
    );
    criterion.final_summary();
}
