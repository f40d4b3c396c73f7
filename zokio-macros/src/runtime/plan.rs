//! `Plan`: what will be done. It has no holes, and every decision has its reason.

use super::config::Config;
use super::decision::{Decisions, default, derived, user};
use super::threads::Threads;
use super::value::{
    BlockingThreads, CratePath, Flavor, Io, Memory, PowerOfTwo, ReportTo, Resolution, Strategy, Switch, ThreadName,
    Workers,
};
use crate::future::coroutines;
use crate::names::Kind;
use crate::report::{By, Decision};

/// A runtime, decided.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) krate: CratePath,
    pub(crate) scheduler: Scheduler,
    pub(crate) driver: Driver,
    pub(crate) memory: Memory,
    /// In bytes.
    pub(crate) max_task_size: Option<u64>,
    pub(crate) blocking_threads: u64,
    /// In nanoseconds.
    pub(crate) timer_resolution: u64,
    pub(crate) thread_name: String,
    pub(crate) report: ReportTo,
    pub(crate) decisions: Vec<Decision>,
}

/// Who polls which task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scheduler {
    /// The thread in `block_on`.
    One,
    /// Threads of their own.
    Many { workers: Workers, stealing: bool, strategy: Strategy, queue_capacity: u64 },
}

/// Who talks to the kernel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Driver {
    Uring { entries: u64 },
    Mio,
    Auto { entries: u64 },
    None,
}

/// Decides. The attribute has no contradictions left.
pub(crate) fn plan(kind: Kind, config: &Config) -> Plan {
    let mut decisions = Decisions::default();
    let scheduler = scheduler(kind, config, &mut decisions);
    let driver = driver(config, &mut decisions);
    let memory = decisions.take(
        "memory",
        config.memory.value().copied(),
        Memory::General,
        |memory| memory.word().to_owned(),
        |_| "tasks come from the program's global allocator",
    );
    let mut max_task_size = config.max_task_size.value().map(|size| size.0);
    if let Some(bytes) = max_task_size {
        let mut why = "futures of tasks have at most so many bytes";
        if coroutines::wanted() {
            (max_task_size, why) =
                (None, "not asked of this build, in which functions are rustc's coroutines (ZOKIO_DEBUG)");
        }
        decisions.push(user("max_task_size", bytes.to_string(), why));
    }
    let BlockingThreads(blocking_threads) = decisions.take(
        "blocking_threads",
        config.blocking_threads.value().copied(),
        BlockingThreads(512),
        |threads| threads.0.to_string(),
        |_| "threads for calls that block are started when needed, this many at most",
    );
    let Resolution(timer_resolution) = decisions.take(
        "timer_resolution",
        config.timer_resolution.value().copied(),
        Resolution(1_000_000),
        ToString::to_string,
        |_| "timers fire at the first step of this width that is not before their time",
    );
    let ThreadName(thread_name) = decisions.take(
        "thread_name",
        config.thread_name.value().cloned(),
        ThreadName("zokio-worker".to_owned()),
        |name| name.0.clone(),
        |_| match scheduler {
            Scheduler::One => {
                "threads for calls that block have names that begin with it; the worker is the caller's thread"
            }
            Scheduler::Many { .. } => "names of worker threads begin with it",
        },
    );
    let report = decisions.take(
        "report",
        config.report.value().copied(),
        ReportTo::File,
        |to| to.word().to_owned(),
        |to| match to {
            ReportTo::Off => "no file is written; the constants are there all the same",
            ReportTo::File => "written below the target directory while the attribute is expanded",
            ReportTo::Note => "written below the target directory, and shown as a warning at the attribute",
        },
    );
    let krate = config.krate.value().cloned().unwrap_or_else(CratePath::zokio);
    let decisions = decisions.into_rows();
    Plan {
        krate,
        scheduler,
        driver,
        memory,
        max_task_size,
        blocking_threads,
        timer_resolution,
        thread_name,
        report,
        decisions,
    }
}

fn scheduler(kind: Kind, config: &Config, decisions: &mut Decisions) -> Scheduler {
    let threads = Threads::of(kind, config);
    decisions.push(workers(kind, config, threads));
    match threads {
        Threads::One => {
            // `stealing = false` is all that may be said here.
            let by = if config.stealing.said().is_some() { By::User } else { By::Derived };
            decisions.push(Decision::new("stealing", "false", by, "one worker has nobody to steal from"));
            decisions.push(derived("queue_capacity", "unbounded", "nobody else reads the queue, so it may grow"));
            Scheduler::One
        }
        Threads::Many(workers) => {
            let stealing = if workers == Workers::Exactly(1) {
                let by = if config.stealing.said().is_some() { By::User } else { By::Derived };
                decisions.push(Decision::new("stealing", "false", by, "one worker has nobody to steal from"));
                false
            } else {
                let Switch(stealing) = decisions.take(
                    "stealing",
                    config.stealing.value().copied(),
                    Switch(true),
                    |switch| switch.0.to_string(),
                    |&Switch(stealing)| match stealing {
                        true => "a worker without tasks takes half of another's queue",
                        false => "a worker takes tasks from its own queue and from the shared inbox alone",
                    },
                );
                stealing
            };
            let strategy = decisions.take(
                "strategy",
                config.strategy.value().copied(),
                Strategy::LocalFirst,
                |strategy| strategy.word().to_owned(),
                |strategy| match strategy {
                    Strategy::LocalFirst => "what ran here lately is in this core's cache",
                    Strategy::GlobalFirst => "tasks that come from outside wait least",
                    Strategy::RoundRobin => "own queue and shared inbox in turn",
                },
            );
            let PowerOfTwo(queue_capacity) = decisions.take(
                "queue_capacity",
                config.queue_capacity.value().copied(),
                PowerOfTwo(256),
                |capacity| capacity.0.to_string(),
                |_| "tasks in a worker's own queue; what is more goes to the shared inbox",
            );
            Scheduler::Many { workers, stealing, strategy, queue_capacity }
        }
    }
}

/// Why there are that many workers.
fn workers(kind: Kind, config: &Config, threads: Threads) -> Decision {
    let (value, reason) = match threads {
        Threads::One => ("1".to_owned(), "the thread in `block_on` runs all tasks"),
        Threads::Many(Workers::Exactly(1)) => {
            ("1".to_owned(), "`multi_thread`: a thread besides the one in `block_on` runs the tasks")
        }
        Threads::Many(Workers::Exactly(count)) => (count.to_string(), "threads besides the one in `block_on`"),
        Threads::Many(Workers::Auto) => {
            ("auto".to_owned(), "as many as the machine runs threads at once, asked at start")
        }
    };
    if config.workers.said().is_some() || config.worker_threads.said().is_some() {
        return user("workers", value, reason);
    }
    match config.flavor.value() {
        Some(Flavor::CurrentThread) => {
            derived("workers", value, "`flavor = \"current_thread\"`: the thread in `block_on` runs all tasks")
        }
        Some(Flavor::MultiThread) => {
            derived("workers", value, "`flavor = \"multi_thread\"`: as many as the machine runs threads at once")
        }
        None if kind == Kind::Test => {
            default("workers", value, "a test has one worker, so that it runs alike each time")
        }
        None => default("workers", value, reason),
    }
}

fn driver(config: &Config, decisions: &mut Decisions) -> Driver {
    let io = decisions.take(
        "io",
        config.io.value().copied(),
        Io::Auto,
        |io| io.word().to_owned(),
        |io| match io {
            Io::Auto => "io_uring where target and kernel have it, else mio; both are compiled in on Linux",
            Io::Uring => "io_uring alone: where the kernel refuses it, the program says so at start",
            Io::Mio => "readiness (epoll, kqueue, AFD) alone; no io_uring in the binary",
            Io::None => "no driver: sockets answer `Unsupported`",
        },
    );
    let mut entries = || {
        let PowerOfTwo(entries) = decisions.take(
            "ring_entries",
            config.ring_entries.value().copied(),
            PowerOfTwo(256),
            |entries| entries.0.to_string(),
            |_| "submissions that fit into each ring before they are handed over",
        );
        entries
    };
    match io {
        Io::Auto => Driver::Auto { entries: entries() },
        Io::Uring => Driver::Uring { entries: entries() },
        Io::Mio => Driver::Mio,
        Io::None => Driver::None,
    }
}
