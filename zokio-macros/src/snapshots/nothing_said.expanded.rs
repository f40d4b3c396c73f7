#[::core::prelude::v1::test]
#[should_panic]
fn fails() {
    let future = async {
        if let ::core::option::Option::Some(output) = ::core::option::Option::None::<
            (),
        > {
            return output;
        }
        panic!()
    };
    {
        #[allow(missing_debug_implementations)]
        struct Runtime {
            scheduler: ::zokio::plumbing::OneWorker<Runtime>,
            driver: ::zokio::plumbing::Auto<256>,
            allocator: ::zokio::plumbing::General,
            timer: ::zokio::plumbing::Wheel<1000000>,
        }
        const _: () = {
            use ::zokio::plumbing as z;
            impl z::Plan for Runtime {
                type Scheduler = z::OneWorker<Self>;
                type Driver = z::Auto<256>;
                type Allocator = z::General;
                type Timer = z::Wheel<1000000>;
                type Queue = z::LocalQueue;
                type Strategy = z::LocalFirst;
                const NAME: &'static str = "fails";
                const WORKERS: z::Workers = z::Workers::Exactly(1);
                const STEALING: bool = false;
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
                    name: "fails",
                    decisions: &[
                        z::Decision {
                            key: "workers",
                            value: "1",
                            by: z::By::Default,
                            reason: "a test has one worker, so that it runs alike each time",
                        },
                        z::Decision {
                            key: "stealing",
                            value: "false",
                            by: z::By::Derived,
                            reason: "one worker has nobody to steal from",
                        },
                        z::Decision {
                            key: "queue_capacity",
                            value: "unbounded",
                            by: z::By::Derived,
                            reason: "nobody else reads the queue, so it may grow",
                        },
                        z::Decision {
                            key: "io",
                            value: "auto",
                            by: z::By::Default,
                            reason: "io_uring where target and kernel have it, else mio; both are compiled in on Linux",
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
                            reason: "threads for calls that block have names that begin with it; the worker is the caller's thread",
                        },
                        z::Decision {
                            key: "report",
                            value: "file",
                            by: z::By::Default,
                            reason: "written below the target directory while the attribute is expanded",
                        },
                    ],
                    applied: &[
                        "one worker: no stealing, no shared queue, no worker threads",
                        "tasks stay on their thread: the worker spawns, wakes and polls without atomic read-modify-writes",
                        "on Linux a ring for each thread that runs futures, where the kernel has io_uring",
                    ],
                    possible: &[
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
        ::zokio::plumbing::run_test::<Runtime, _>(future)
    }
}
