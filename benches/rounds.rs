//! How criterion is set, and the rounds: every contestant is measured once per round, so that drift hits all alike.

use criterion::Criterion;
use std::time::Duration;

/// How often every contestant is measured; the table takes the lowest round.
pub const ROUNDS: usize = 5;

/// The measurements by the names that criterion's results and the tables have for them.
pub mod name {
    /// A task is spawned and awaited, then the next.
    pub const SPAWN_AND_AWAIT: &str = "spawn and await";
    /// A thousand tasks are spawned, then all are awaited.
    pub const SPAWN_THEN_AWAIT: &str = "spawn 1000, await all";
    /// A thousand tasks take turns.
    pub const YIELD: &str = "yield";
    /// A single connection plays ping-pong.
    pub const ECHO_PING_PONG: &str = "64 B, 1 connection";
    /// Many connections have a small message in flight each.
    pub const ECHO_MANY: &str = "64 B, 64 connections";
    /// The same, by the processor time of the server.
    pub const ECHO_MANY_CPU: &str = "64 B, 64 connections, server CPU";
    /// Some connections have a large message in flight each.
    pub const ECHO_LARGE: &str = "16 KiB, 16 connections";
}

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
