//! Yielding: a thousand tasks, a hundred times each.

use zokio_benches::{
    rounds::{self, name},
    tasks::{self, Measurement},
    workload::Shape,
};

fn main() {
    let mut criterion = rounds::criterion();
    tasks::measure(
        &mut criterion,
        &[Measurement { name: name::YIELD, shape: Shape::Yielding { yields: 100 }, tasks: 1_000 }],
    );
    criterion.final_summary();
}
