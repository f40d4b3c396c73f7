//! How criterion is set, and the rounds: every contestant is measured once per round, so that drift hits all alike.

use criterion::Criterion;
use std::time::Duration;

/// How often every contestant is measured; the table takes the lowest round.
pub const ROUNDS: usize = 5;

/// Criterion with short measurements, many of which make a run; its arguments can still change it.
pub fn criterion() -> Criterion {
    Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_millis(600))
        // Ten samples hold no more than this many resamples can tell.
        .nresamples(2_000)
        .without_plots()
        .configure_from_args()
}

/// The name of a contestant in criterion's results: its own, and its workers where they are more than one.
pub fn label(name: &str, workers: usize) -> String {
    match workers {
        1 => name.into(),
        _ => format!("{name} ({workers} workers)"),
    }
}
