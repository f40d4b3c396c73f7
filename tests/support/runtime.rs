//! Runtimes over the recording driver. No attribute names that driver, so the expansions are written out here.

use std::fmt;

use zokio::plumbing as z;

use crate::Recorded;

macro_rules! expansion {
    ($(#[$doc:meta])* $name:ident, $scheduler:ident, $queue:ty, $workers:literal) => {
        $(#[$doc])*
        pub struct $name {
            scheduler: z::$scheduler<$name>,
            driver: Recorded,
            allocator: z::General,
            timer: z::Wheel<1_000_000>,
        }

        impl z::Plan for $name {
            type Scheduler = z::$scheduler<Self>;
            type Driver = Recorded;
            type Allocator = z::General;
            type Timer = z::Wheel<1_000_000>;
            type Queue = $queue;
            type Strategy = z::LocalFirst;
            const NAME: &'static str = stringify!($name);
            const WORKERS: z::Workers = z::Workers::Exactly($workers);
            const STEALING: bool = true;
            const BLOCKING_THREADS: usize = 4;
            const THREAD_NAME: &'static str = "worker";
            const REPORT: &'static z::OptimizationReport = &z::OptimizationReport {
                name: Self::NAME,
                decisions: &[],
                applied: &[],
                possible: &[],
                platform: z::Platform::TARGET,
                memory: z::memory_layout::<Self>(),
                performance: z::performance_characteristics::<Self>(),
            };

            fn assemble(parts: z::Assembled<Self>) -> Self {
                let z::Assembled { scheduler, driver, allocator, timer } = parts;
                Self { scheduler, driver, allocator, timer }
            }

            fn parts(&self) -> z::Parts<'_, Self> {
                let Self { scheduler, driver, allocator, timer } = self;
                z::Parts { scheduler, driver, allocator, timer }
            }
        }

        impl $name {
            /// Starts the runtime.
            ///
            /// # Panics
            /// When it cannot start.
            #[must_use]
            pub fn start() -> Self {
                z::build().expect("the runtime starts")
            }

            /// Drives a future on this thread.
            pub fn block_on<F: Future>(&self, future: F) -> F::Output {
                z::block_on(self, future)
            }

            /// A handle for other threads.
            #[must_use]
            pub fn handle(&self) -> z::Handle {
                z::handle(self)
            }
        }

        impl Drop for $name {
            fn drop(&mut self) {
                z::shutdown(self);
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).field("scheduler", &self.scheduler).finish_non_exhaustive()
            }
        }
    };
}

expansion!(
    /// One worker: the thread in `block_on`.
    One, OneWorker, z::LocalQueue, 1
);

expansion!(
    /// Two workers, `worker-0` and `worker-1`.
    Two, WorkStealing, z::StealQueue<4>, 2
);
