fn main() -> std::io::Result<()> {
    let future = async {
        if let ::core::option::Option::Some(output) = ::core::option::Option::None::<
            std::io::Result<()>,
        > {
            return output;
        }
        serve().await?;
        Ok(())
    };
    {
        #[allow(missing_debug_implementations)]
        struct Runtime {
            scheduler: my::zokio::plumbing::WorkStealing<Runtime>,
            driver: my::zokio::plumbing::Auto<1024>,
            allocator: my::zokio::plumbing::General,
            timer: my::zokio::plumbing::Wheel<250000>,
        }
        const _: () = {
            use my::zokio::plumbing as z;
            impl z::Plan for Runtime {
                type Scheduler = z::WorkStealing<Self>;
                type Driver = z::Auto<1024>;
                type Allocator = z::General;
                type Timer = z::Wheel<250000>;
                type Queue = z::StealQueue<64>;
                type Strategy = z::RoundRobin;
                const NAME: &'static str = "main";
                const WORKERS: z::Workers = z::Workers::Exactly(4);
                const STEALING: bool = false;
                const BLOCKING_THREADS: usize = 8;
                const THREAD_NAME: &'static str = "echo";
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
            impl Runtime {
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
                    name: "main",
                    decisions: &[
                        z::Decision {
                            key: "workers",
                            value: "4",
                            by: z::By::User,
                            reason: "threads besides the one in `block_on`",
                        },
                        z::Decision {
                            key: "stealing",
                            value: "false",
                            by: z::By::User,
                            reason: "a worker takes tasks from its own queue and from the shared inbox alone",
                        },
                        z::Decision {
                            key: "strategy",
                            value: "round_robin",
                            by: z::By::User,
                            reason: "own queue and shared inbox in turn",
                        },
                        z::Decision {
                            key: "queue_capacity",
                            value: "64",
                            by: z::By::User,
                            reason: "tasks in a worker's own queue; what is more goes to the shared inbox",
                        },
                        z::Decision {
                            key: "io",
                            value: "auto",
                            by: z::By::User,
                            reason: "io_uring where target and kernel have it, else mio; both are compiled in on Linux",
                        },
                        z::Decision {
                            key: "ring_entries",
                            value: "1024",
                            by: z::By::User,
                            reason: "submissions that fit into each ring before they are handed over",
                        },
                        z::Decision {
                            key: "memory",
                            value: "general",
                            by: z::By::User,
                            reason: "tasks come from the program's global allocator",
                        },
                        z::Decision {
                            key: "blocking_threads",
                            value: "8",
                            by: z::By::User,
                            reason: "threads for calls that block are started when needed, this many at most",
                        },
                        z::Decision {
                            key: "timer_resolution",
                            value: "250us",
                            by: z::By::User,
                            reason: "timers fire at the first step of this width that is not before their time",
                        },
                        z::Decision {
                            key: "thread_name",
                            value: "echo",
                            by: z::By::User,
                            reason: "names of worker threads begin with it",
                        },
                        z::Decision {
                            key: "report",
                            value: "file",
                            by: z::By::User,
                            reason: "written below the target directory while the attribute is expanded",
                        },
                    ],
                    applied: &[
                        "the queue's capacity is a constant power of two: a slot is found with a mask",
                        "a woken task runs next on the worker that woke it, without going through the queue",
                        "no stealing: the search through other workers' queues is not compiled in",
                        "on Linux a ring for each thread that runs futures, where the kernel has io_uring",
                    ],
                    possible: &[
                        "`workers = 1`: spawning, waking and polling without atomic read-modify-writes, if one core is enough",
                        "`io = uring`: no fallback in the binary, if the kernel it runs on allows io_uring",
                        "`io = mio`: no io_uring code in the binary",
                    ],
                    platform: Self::PLATFORM,
                    memory: Self::MEMORY_LAYOUT,
                    performance: Self::PERFORMANCE_CHARACTERISTICS,
                };
            }
            impl ::core::ops::Drop for Runtime {
                fn drop(&mut self) {
                    z::shutdown(self);
                }
            }
        };
        my::zokio::plumbing::run_main::<Runtime, _>(future)
    }
}
