//! Machines that wait at a gate, and runtimes to wait on.

use zokio::task::{Dump, TaskDump};
use zokio_tests::Gate;

#[zokio::runtime(workers = 1, io = none, report = off)]
pub(crate) struct One;

#[zokio::runtime(workers = 2, io = none, report = off)]
pub(crate) struct Two;

#[zokio::async_fn]
pub(crate) async fn leaf(gate: Gate) {
    gate.passed().await;
}

#[zokio::async_fn]
pub(crate) async fn branch(gate: Gate) {
    let name = String::from("branch");
    leaf(gate).await;
    drop(name);
}

#[zokio::async_fn]
pub(crate) async fn root(gate: Gate) -> u32 {
    branch(gate).await;
    7
}

/// The tasks of that name.
pub(crate) fn named<'d>(dump: &'d Dump, name: &str) -> Vec<&'d TaskDump> {
    dump.tasks().iter().filter(|task| task.name().ends_with(name)).collect()
}

/// The awaited expressions, from the root down.
pub(crate) fn expressions(task: &TaskDump) -> Vec<&'static str> {
    task.awaits().iter().map(|at| at.expression).collect()
}

/// Those of [`root`].
pub(crate) const OF_ROOT: [&str; 3] = ["branch(gate)", "leaf(gate)", "gate.passed()"];
