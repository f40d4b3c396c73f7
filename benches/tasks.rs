//! Measuring a task workload for everybody.

use crate::{
    line_up::{self, MeetContestants},
    rounds,
    workload::{Contestant, Shape, Workload},
};
use criterion::{BenchmarkId, Criterion, Throughput};

/// A task workload under the name that it has in the tables.
#[derive(Clone, Copy, Debug)]
pub struct Measurement {
    /// The name, criterion's group.
    pub name: &'static str,
    /// What a batch does; a batch is criterion's iteration.
    pub shape: Shape,
    /// Tasks per batch.
    pub tasks: usize,
}

/// Measures each of `measurements` for every contestant in turn, round after round.
pub fn measure(criterion: &mut Criterion, measurements: &[Measurement]) {
    for round in 1..=rounds::ROUNDS {
        for &measurement in measurements {
            line_up::contestants(&mut Round { criterion, measurement, round });
        }
    }
}

struct Round<'a> {
    criterion: &'a mut Criterion,
    measurement: Measurement,
    round: usize,
}

impl MeetContestants for Round<'_> {
    fn meet<C: Contestant>(&mut self) {
        let Measurement { name, shape, tasks } = self.measurement;
        let workload = |batches| Workload { shape, tasks, batches };
        let mut contestant = C::start().expect("the runtime starts");
        let mut group = self.criterion.benchmark_group(name);
        group.throughput(Throughput::Elements(workload(1).operations()));
        let id = BenchmarkId::new(rounds::label(C::NAME, C::WORKERS), self.round);
        group.bench_function(id, |bencher| {
            bencher.iter_custom(|batches| contestant.run(workload(batches)));
        });
        group.finish();
    }
}
