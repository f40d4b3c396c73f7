/// Mine.
#[allow(missing_debug_implementations)]
pub struct App {
    scheduler: ::zokio::plumbing::WorkStealing<App>,
    driver: ::zokio::plumbing::Uring<256>,
    allocator: ::zokio::plumbing::General,
    timer: ::zokio::plumbing::Wheel<1000000>,
}
const _: () = {
    use ::zokio::plumbing as z;
    impl z::Plan for App {
        type Scheduler = z::WorkStealing<Self>;
        type Driver = z::Uring<256>;
        type Allocator = z::General;
        type Timer = z::Wheel<1000000>;
        type Queue = z::StealQueue<256>;
        type Strategy = z::LocalFirst;
        const NAME: &'static str = "App";
        const WORKERS: z::Workers = z::Workers::Exactly(2);
        const STEALING: bool = true;
        const BLOCKING_THREADS: usize = 512;
        const THREAD_NAME: &'static str = "zokio-worker";
        const REPORT: &'static z::OptimizationReport = &Self::OPTIMIZATION_REPORT;
        fn assemble(parts: z::Assembled<Self>) -> Self {
            Self {
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
    impl App {
        /// What is known about the target when the runtime is compiled.
        pub const PLATFORM: z::Platform = z::Platform::TARGET;
        /// Sizes and alignments of the runtime's parts.
        pub const MEMORY_LAYOUT: z::MemoryLayout = z::memory_layout::<Self>();
        /// What the runtime's steps cost.
        pub const PERFORMANCE_CHARACTERISTICS: z::PerformanceCharacteristics = z::performance_characteristics::<
            Self,
        >();
        /// What was decided about the runtime, with reasons.
        pub const OPTIMIZATION_REPORT: z::OptimizationReport = z::OptimizationReport {
            name: "App",
            decisions: &[
                z::Decision {
                    key: "workers",
                    value: "2",
                    by: z::By::User,
                    reason: "threads besides the one in `block_on`",
                },
                z::Decision {
                    key: "stealing",
                    value: "true",
                    by: z::By::Default,
                    reason: "a worker without tasks takes half of another's queue",
                },
                z::Decision {
                    key: "strategy",
                    value: "local_first",
                    by: z::By::Default,
                    reason: "what ran here lately is in this core's cache",
                },
                z::Decision {
                    key: "queue_capacity",
                    value: "256",
                    by: z::By::Default,
                    reason: "tasks in a worker's own queue; what is more goes to the shared inbox",
                },
                z::Decision {
                    key: "io",
                    value: "uring",
                    by: z::By::User,
                    reason: "io_uring alone: where the kernel refuses it, the program says so at start",
                },
                z::Decision {
                    key: "ring_entries",
                    value: "256",
                    by: z::By::Default,
                    reason: "submissions that fit into each ring before they are handed over",
                },
                z::Decision {
                    key: "memory",
                    value: "general",
                    by: z::By::Default,
                    reason: "tasks come from the program's global allocator",
                },
                z::Decision {
                    key: "blocking_threads",
                    value: "512",
                    by: z::By::Default,
                    reason: "threads for calls that block are started when needed, this many at most",
                },
                z::Decision {
                    key: "timer_resolution",
                    value: "1ms",
                    by: z::By::Default,
                    reason: "timers fire at the first step of this width that is not before their time",
                },
                z::Decision {
                    key: "thread_name",
                    value: "zokio-worker",
                    by: z::By::Default,
                    reason: "names of worker threads begin with it",
                },
                z::Decision {
                    key: "report",
                    value: "file",
                    by: z::By::Default,
                    reason: "written below the target directory while the attribute is expanded",
                },
            ],
            applied: &[
                "the queue's capacity is a constant power of two: a slot is found with a mask",
                "a woken task runs next on the worker that woke it, without going through the queue",
                "a ring for each thread that runs futures: a turn's submissions and its wait are one call",
            ],
            possible: &[
                "`workers = 1`: spawning, waking and polling without atomic read-modify-writes, if one core is enough",
            ],
            platform: Self::PLATFORM,
            memory: Self::MEMORY_LAYOUT,
            performance: Self::PERFORMANCE_CHARACTERISTICS,
        };
        /// Builds the runtime: drivers and worker threads start. The calling thread owns it.
        ///
        /// # Errors
        /// When the system refuses what the runtime is made of: the error says what, why, and what to write instead.
        pub fn new() -> ::std::io::Result<Self> {
            z::build()
        }
        /// Drives a future on the calling thread until it is ready, and returns its output.
        ///
        /// # Panics
        /// On a thread that drives a runtime already; with the panic of the future.
        #[track_caller]
        pub fn block_on<F: ::core::future::Future>(&self, future: F) -> F::Output {
            z::block_on(self, future)
        }
        /// Spawns a task. With one worker it runs during the next `block_on`.
        pub fn spawn<F>(&self, future: F) -> z::JoinHandle<F::Output>
        where
            F: ::core::future::Future + ::core::marker::Send + 'static,
            F::Output: ::core::marker::Send + 'static,
        {
            z::spawn(self, future)
        }
        /// Spawns a task that stays on this thread: it runs during the next `block_on`.
        pub fn spawn_local<F>(&self, future: F) -> z::JoinHandle<F::Output>
        where
            F: ::core::future::Future + 'static,
            F::Output: 'static,
        {
            z::spawn_local(self, future)
        }
        /// Runs a closure that blocks on a thread of the blocking pool.
        pub fn spawn_blocking<F, R>(&self, function: F) -> z::JoinHandle<R>
        where
            F: ::core::ops::FnOnce() -> R + ::core::marker::Send + 'static,
            R: ::core::marker::Send + 'static,
        {
            z::spawn_blocking(self, function)
        }
        /// A handle that other threads can spawn with.
        pub fn handle(&self) -> z::Handle {
            z::handle(self)
        }
        /// Ends the runtime: every task is dropped. Closures that still block after the timeout, and tasks still in the
        /// middle of a poll, are left to themselves.
        pub fn shutdown_timeout(self, timeout: ::core::time::Duration) {
            z::shutdown_timeout(&self, timeout);
        }
    }
    impl ::core::ops::Drop for App {
        fn drop(&mut self) {
            z::shutdown(self);
        }
    }
};
