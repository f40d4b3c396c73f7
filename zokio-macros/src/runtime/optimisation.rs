//! What follows from the decisions, and what others would allow.

use super::plan::{Driver, Plan, Scheduler};

/// The optimisations that the plan has.
pub(crate) fn applied(plan: &Plan) -> Vec<String> {
    let mut applied = Vec::new();
    match plan.scheduler {
        Scheduler::One => {
            applied.push("one worker: no stealing, no shared queue, no worker threads");
            applied.push(
                "tasks stay on their thread: the worker spawns, wakes and polls without atomic read-modify-writes",
            );
        }
        Scheduler::Many { stealing, .. } => {
            applied.push("the queue's capacity is a constant power of two: a slot is found with a mask");
            applied.push("a woken task runs next on the worker that woke it, without going through the queue");
            if !stealing {
                applied.push("no stealing: the search through other workers' queues is not compiled in");
            }
        }
    }
    applied.push(match plan.driver {
        Driver::Uring { .. } => {
            "a ring for each thread that runs futures: a turn's submissions and its wait are one call"
        }
        Driver::Mio => "no io_uring code in the binary",
        Driver::Auto { .. } => "on Linux a ring for each thread that runs futures, where the kernel has io_uring",
        Driver::None => "no I/O driver in the binary: threads without work wait for wakes and timers alone",
    });
    applied.into_iter().map(str::to_owned).collect()
}

/// The optimisations that other decisions would allow.
pub(crate) fn possible(plan: &Plan) -> Vec<String> {
    let mut possible = Vec::new();
    if let Scheduler::Many { .. } = plan.scheduler {
        possible.push(
            "`workers = 1`: spawning, waking and polling without atomic read-modify-writes, if one core is enough",
        );
    }
    if matches!(plan.driver, Driver::Auto { .. }) {
        possible.push("`io = uring`: no fallback in the binary, if the kernel it runs on allows io_uring");
        possible.push("`io = mio`: no io_uring code in the binary");
    }
    possible.into_iter().map(str::to_owned).collect()
}
