//! How long the two sides of each case take, from the first poll to the last.
//!
//! In rounds, in each of which both sides of each case are measured once: so drift hits both alike.

use std::time::Duration;

use criterion::{BenchmarkId, Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use zokio_benches::corpus::{pairs, world::World};

/// As many as are enough to see which round was disturbed.
const ROUNDS: usize = 3;

fn corpus(criterion: &mut Criterion) {
    for round in 1..=ROUNDS {
        for pair in pairs() {
            let mut group = criterion.benchmark_group(format!("corpus {}", pair.name()));
            group.sampling_mode(SamplingMode::Flat);
            group.throughput(Throughput::Elements(1));
            for (side, case) in [("native", pair.native), ("machine", pair.machine)] {
                group.bench_function(BenchmarkId::new(side, round), |bench| {
                    bench.iter_custom(|times| (0..times).map(|_| (case.run)(&World::new(100, 2)).elapsed).sum());
                });
            }
            group.finish();
        }
    }
}

fn settings() -> Criterion {
    Criterion::default()
        .warm_up_time(Duration::from_millis(50))
        .measurement_time(Duration::from_millis(150))
        .sample_size(10)
        .without_plots()
}

criterion_group! {
    name = benches;
    config = settings();
    targets = corpus
}
criterion_main!(benches);
