//! What the two schedulers cost, beside their source: whoever changes a step changes its figure here.

use super::mailbox::Mailbox;
use super::plan::{Plan, Workers};
use super::run::Worker;
use super::stealing::Peer;
use super::{OneWorker, WorkStealing, run, seat};
use crate::driver::Driver;
use crate::queue::LocalQueue;
use crate::queue::steal::WorkerQueue;
use crate::report::Amount::{AskedAtStart, AtLeast, AtMost, Exactly, Unbounded};
use crate::report::{Amount, Cost, Fact, Layout, MemoryLayout, PerformanceCharacteristics};
use crate::task::{HEADER_ALIGN, HEADER_SIZE, LocalTasks, Task};

/// Atomic operations that a core has to own the cache line for: they cost more than loads and stores even uncontended.
const WRITES: &str = "read-modify-writes";
const HEADER: Layout = Layout::new("task header", HEADER_SIZE, HEADER_ALIGN);

type Unpark<P> = <<P as Plan>::Driver as Driver>::Unpark;

impl<P: Plan> Cost for OneWorker<P> {
    const MEMORY: MemoryLayout = MemoryLayout {
        entries: &[
            Layout::of::<P>("runtime"),
            Layout::of::<P::Scheduler>("scheduler"),
            Layout::of::<P::Driver>("driver"),
            Layout::of::<P::Timer>("timer"),
            Layout::of::<P::Allocator>("allocator"),
            Layout::of::<LocalTasks>("seat tasks"),
            Layout::of::<Mailbox<Unpark<P>>>("seat mailbox"),
            Layout::of::<LocalQueue>("queue"),
            HEADER,
        ],
    };

    const PERFORMANCE: PerformanceCharacteristics = PerformanceCharacteristics {
        facts: &[
            fact("spawn atomics", Exactly(0), WRITES, "within `block_on`: list and queue are the worker's own"),
            fact("wake atomics", Exactly(0), WRITES, "within `block_on`: a store in the task, a push to the queue"),
            fact("poll atomics", Exactly(0), WRITES, "nobody else polls the task: its states are stores"),
            fact("free atomics", Exactly(0), WRITES, "the last reference is the worker's own"),
            fact("park atomics", Exactly(2), WRITES, "it says that it sleeps, and takes that back"),
            SPAWN_ALLOCATIONS,
            fact("turn driver calls", Exactly(1), "calls", TURN),
            fact(
                "turn polls",
                AtMost(seat::POLLS_PER_TURN as usize),
                "polls",
                "then timer, mailbox and driver get their turn",
            ),
            fact("queue capacity", Unbounded, "tasks", "the queue is for one thread: it grows"),
            fact("run-next in a row", AtMost(crate::queue::run::MOST_NEXT_IN_A_ROW as usize), "polls", NEXT),
            fact("workers", Exactly(1), "threads", "the thread in `block_on` is the worker"),
            blocking_threads::<P>(),
        ],
    };
}

impl<P: Plan<Queue: WorkerQueue>> Cost for WorkStealing<P> {
    const MEMORY: MemoryLayout = MemoryLayout {
        entries: &[
            Layout::of::<P>("runtime"),
            Layout::of::<P::Scheduler>("scheduler"),
            Layout::of::<P::Driver>("driver"),
            Layout::of::<P::Timer>("timer"),
            Layout::of::<P::Allocator>("allocator"),
            Layout::of::<LocalTasks>("seat tasks"),
            Layout::of::<Mailbox<Unpark<P>>>("seat mailbox"),
            Layout::of::<Worker<P>>("worker"),
            Layout::of::<Peer<P>>("worker's shared part"),
            Layout::of::<P::Queue>("queue"),
            Layout::new("queue slots", P::Queue::CAPACITY * size_of::<Task>(), align_of::<Task>()),
            HEADER,
        ],
    };

    const PERFORMANCE: PerformanceCharacteristics = PerformanceCharacteristics {
        facts: &[
            fact(
                "spawn atomics",
                AtLeast(2),
                WRITES,
                "on a worker's thread: the lock of the list that a shutdown walks",
            ),
            fact("spawn_local atomics", Exactly(0), WRITES, "the list of a seat's own tasks is its own"),
            fact(
                "wake atomics",
                AtLeast(1),
                WRITES,
                "on a worker's thread: the task's word, which other workers change too",
            ),
            fact(
                "poll atomics",
                AtLeast(2),
                WRITES,
                "one before and one after; one more when the task was in the ring",
            ),
            SPAWN_ALLOCATIONS,
            fact("turn driver calls", Exactly(1), "calls", TURN),
            fact(
                "turn polls",
                AtMost(run::POLLS_PER_TURN as usize),
                "polls",
                "then timer, mailbox and driver get their turn",
            ),
            fact(
                "queue capacity",
                Exactly(P::Queue::CAPACITY),
                "tasks",
                "when it is full, half of it moves to the inbox",
            ),
            fact("run-next in a row", AtMost(run::MOST_NEXT_IN_A_ROW as usize), "polls", NEXT),
            if P::STEALING {
                fact("steal batch", AtMost(P::Queue::CAPACITY / 2), "tasks", "half of what the victim has, rounded up")
            } else {
                fact("steal batch", Exactly(0), "tasks", "workers take from the inbox alone")
            },
            match P::WORKERS {
                Workers::Exactly(count) => {
                    fact("workers", Exactly(count), "threads", "besides the thread in `block_on`")
                }
                Workers::Auto => fact("workers", AskedAtStart, "threads", "as many as the machine runs at once"),
            },
            blocking_threads::<P>(),
        ],
    };
}

const SPAWN_ALLOCATIONS: Fact = fact(
    "spawn allocations",
    Exactly(1),
    "allocations",
    "header and future together; later the output takes the future's place",
);

const TURN: &str =
    "of the driver, which makes a system call only to submit or to wait: one for both, more for a full ring";

const NEXT: &str = "then the task that was woken last goes behind the others";

const fn blocking_threads<P: Plan>() -> Fact {
    fact("blocking threads", AtMost(P::BLOCKING_THREADS), "threads", "started when all others are busy")
}

const fn fact(name: &'static str, amount: Amount, unit: &'static str, reason: &'static str) -> Fact {
    Fact { name, amount, unit, reason }
}
