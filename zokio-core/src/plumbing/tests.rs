//! Expansions of `#[zokio::runtime]` written by hand, as the macro writes them.

mod allocations;

use std::sync::mpsc;
use std::time::Duration;

use crate::plumbing as z;
use crate::report::Amount;
use crate::testing::TestTimer;

/// The struct and its impls, in the shape of an expansion.
macro_rules! expansion {
    ($name:ident, $scheduler:ident, $driver:ty, $queue:ty, $workers:expr, $stealing:literal) => {
        pub(crate) struct $name {
            scheduler: z::$scheduler<$name>,
            driver: $driver,
            allocator: z::General,
            timer: TestTimer,
        }

        const _: () = {
            impl z::Plan for $name {
                type Scheduler = z::$scheduler<Self>;
                type Driver = $driver;
                type Allocator = z::General;
                type Timer = TestTimer;
                type Queue = $queue;
                type Strategy = z::LocalFirst;
                const NAME: &'static str = stringify!($name);
                const WORKERS: z::Workers = $workers;
                const STEALING: bool = $stealing;
                const BLOCKING_THREADS: usize = 512;
                const THREAD_NAME: &'static str = "zokio-worker";
                const REPORT: &'static z::OptimizationReport = &$name::OPTIMIZATION_REPORT;

                fn assemble(parts: z::Assembled<Self>) -> Self {
                    $name {
                        scheduler: parts.scheduler,
                        driver: parts.driver,
                        allocator: parts.allocator,
                        timer: parts.timer,
                    }
                }

                fn parts(&self) -> z::Parts<'_, Self> {
                    z::Parts {
                        scheduler: &self.scheduler,
                        driver: &self.driver,
                        allocator: &self.allocator,
                        timer: &self.timer,
                    }
                }
            }

            impl $name {
                pub(crate) const PLATFORM: z::Platform = z::Platform::TARGET;
                pub(crate) const MEMORY_LAYOUT: z::MemoryLayout = z::memory_layout::<$name>();
                pub(crate) const PERFORMANCE_CHARACTERISTICS: z::PerformanceCharacteristics =
                    z::performance_characteristics::<$name>();
                pub(crate) const OPTIMIZATION_REPORT: z::OptimizationReport = z::OptimizationReport {
                    name: stringify!($name),
                    decisions: &[z::Decision {
                        key: "name",
                        value: stringify!($name),
                        by: z::By::User,
                        reason: "as written",
                    }],
                    applied: &[],
                    possible: &[],
                    platform: Self::PLATFORM,
                    memory: Self::MEMORY_LAYOUT,
                    performance: Self::PERFORMANCE_CHARACTERISTICS,
                };

                pub(crate) fn new() -> std::io::Result<Self> {
                    z::build()
                }

                pub(crate) fn block_on<F: Future>(&self, future: F) -> F::Output {
                    z::block_on(self, future)
                }

                pub(crate) fn spawn<F>(&self, future: F) -> z::JoinHandle<F::Output>
                where
                    F: Future + Send + 'static,
                    F::Output: Send + 'static,
                {
                    z::spawn(self, future)
                }

                pub(crate) fn spawn_local<F>(&self, future: F) -> z::JoinHandle<F::Output>
                where
                    F: Future + 'static,
                    F::Output: 'static,
                {
                    z::spawn_local(self, future)
                }

                pub(crate) fn spawn_blocking<F, R>(&self, function: F) -> z::JoinHandle<R>
                where
                    F: FnOnce() -> R + Send + 'static,
                    R: Send + 'static,
                {
                    z::spawn_blocking(self, function)
                }

                pub(crate) fn handle(&self) -> z::Handle {
                    z::handle(self)
                }

                pub(crate) fn shutdown_timeout(self, timeout: Duration) {
                    z::shutdown_timeout(&self, timeout);
                }
            }

            impl Drop for $name {
                fn drop(&mut self) {
                    z::shutdown(self);
                }
            }
        };
    };
}

expansion!(One, OneWorker, z::NoDriver, z::LocalQueue, z::Workers::Exactly(1), false);
expansion!(Two, WorkStealing, z::NoDriver, z::StealQueue<256>, z::Workers::Exactly(2), true);
expansion!(Apart, WorkStealing, z::Mio, z::StealQueue<64>, z::Workers::Exactly(2), false);
expansion!(Asked, WorkStealing, z::Auto<64>, z::StealQueue<256>, z::Workers::Auto, true);

/// Every method of the generated struct, on one kind of runtime.
macro_rules! runs {
    ($name:ident, $test:ident) => {
        #[test]
        fn $test() {
            let runtime = $name::new().unwrap();
            let spawned = runtime.spawn(async { 1 });
            let local = runtime.spawn_local(async { 2 });
            let blocking = runtime.spawn_blocking(|| 3);
            let remote = {
                let handle = runtime.handle();
                std::thread::spawn(move || handle.spawn(async { 4 })).join().unwrap()
            };
            let sum = runtime.block_on(async {
                let within = crate::spawn::spawn(async { z::Handle::current().report().name }).await.unwrap();
                assert_eq!(within, stringify!($name));
                spawned.await.unwrap() + local.await.unwrap() + blocking.await.unwrap() + remote.await.unwrap()
            });
            assert_eq!(sum, 10);
            let (dropped, end) = mpsc::channel::<()>();
            let forever = runtime.spawn(async move {
                let _dropped = dropped;
                std::future::pending::<()>().await;
            });
            runtime.shutdown_timeout(Duration::from_secs(60));
            assert!(forever.is_finished());
            assert_eq!(end.try_recv(), Err(mpsc::TryRecvError::Disconnected));
        }
    };
}

runs!(One, one_worker_runs);
runs!(Two, two_workers_run);
runs!(Apart, two_workers_without_stealing_run);
runs!(Asked, as_many_workers_as_the_machine_has_run);

#[test]
fn an_annotated_main_and_an_annotated_test_return_their_output() {
    assert_eq!(z::run_main::<One, _>(async { Ok::<_, std::io::Error>(7) }).unwrap(), 7);
    assert_eq!(z::run_test::<Two, _>(async { crate::spawn::spawn(async { 8 }).await.unwrap() }), 8);
}

fn amount(report: &z::OptimizationReport, fact: &str) -> Option<Amount> {
    report.performance.get(fact).map(|fact| fact.amount)
}

#[test]
fn one_worker_writes_nothing_atomically_on_its_own_path() {
    let report = &One::OPTIMIZATION_REPORT;
    for step in ["spawn atomics", "wake atomics", "poll atomics"] {
        assert_eq!(amount(report, step), Some(Amount::Exactly(0)), "{step}");
    }
    assert_eq!(amount(report, "queue capacity"), Some(Amount::Unbounded));
    assert_eq!(amount(report, "workers"), Some(Amount::Exactly(1)));
    // What was not chosen is not there.
    assert_eq!(amount(report, "steal batch"), None);
    assert_eq!(report.memory.get("queue slots"), None);
}

#[test]
fn facts_follow_the_plan() {
    let (two, apart) = (&Two::OPTIMIZATION_REPORT, &Apart::OPTIMIZATION_REPORT);
    assert_eq!(amount(two, "queue capacity"), Some(Amount::Exactly(256)));
    assert_eq!(amount(two, "steal batch"), Some(Amount::AtMost(128)));
    assert_eq!(amount(apart, "queue capacity"), Some(Amount::Exactly(64)));
    assert_eq!(amount(apart, "steal batch"), Some(Amount::Exactly(0)));
    assert_eq!(amount(two, "workers"), Some(Amount::Exactly(2)));
    assert_eq!(amount(&Asked::OPTIMIZATION_REPORT, "workers"), Some(Amount::AskedAtStart));
    assert_eq!(amount(two, "blocking threads"), Some(Amount::AtMost(512)));
    assert_eq!(two.memory.get("queue slots").unwrap().size, 256 * size_of::<usize>());
    assert_eq!(apart.memory.get("queue slots").unwrap().size, 64 * size_of::<usize>());
}

#[test]
fn sizes_are_those_of_the_types_that_run() {
    const ONE: z::MemoryLayout = One::MEMORY_LAYOUT;
    let size = |layout: &z::MemoryLayout, name| layout.get(name).map(|part: &z::Layout| part.size);
    assert_eq!(size(&ONE, "runtime"), Some(size_of::<One>()));
    assert_eq!(size(&ONE, "allocator"), Some(0));
    assert_eq!(size(&ONE, "queue"), Some(size_of::<z::LocalQueue>()));
    assert_eq!(size(&Two::MEMORY_LAYOUT, "queue"), Some(size_of::<z::StealQueue<256>>()));
    assert_eq!(size(&Apart::MEMORY_LAYOUT, "driver"), Some(size_of::<z::Mio>()));
    let queue = Two::MEMORY_LAYOUT.get("queue").unwrap();
    assert_eq!(queue.align, Two::PLATFORM.padding, "the queue's ends lie on lines of their own");
    if cfg!(target_pointer_width = "64") {
        assert_eq!(size(&ONE, "task header"), Some(64));
    }
}

#[test]
fn reports_print() {
    let text = One::OPTIMIZATION_REPORT.to_string();
    for line in ["runtime One\n", "  name  One  user  as written\n", "\nmemory\n", "\ncosts\n"] {
        assert!(text.contains(line), "{line:?} is not in\n{text}");
    }
    assert!(!text.contains("\napplied\n"), "an empty section is left out");
}
