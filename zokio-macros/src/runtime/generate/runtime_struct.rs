//! The runtime: a struct with a field for each part, its plan, and one-line methods.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use syn::{Attribute, Visibility};

use super::constants::constants;
use crate::report::Report;
use crate::runtime::plan::{Driver, Plan, Scheduler};
use crate::runtime::value::{Memory, Strategy, Workers};

/// The struct and its impls. An entry point needs no methods: the core drives it.
pub(super) fn runtime(
    attributes: &[Attribute],
    visibility: &Visibility,
    name: &Ident,
    methods: &TokenStream,
    plan: &Plan,
    report: &Report,
) -> TokenStream {
    let krate = &plan.krate.0;
    let Parts { scheduler, driver, allocator, timer, .. } = Parts::of(plan);
    let plan = implementation(name, plan, report);
    let constants = constants(report);
    quote! {
        #(#attributes)*
        // `#[derive(Debug)]` adds it where it is wanted: here it would stand in the way of one.
        #[allow(missing_debug_implementations)]
        #visibility struct #name {
            scheduler: #krate::plumbing::#scheduler<#name>,
            driver: #krate::plumbing::#driver,
            allocator: #krate::plumbing::#allocator,
            timer: #krate::plumbing::#timer,
        }
        const _: () = {
            use #krate::plumbing as z;
            #plan
            impl #name {
                #constants
                #methods
            }
            impl ::core::ops::Drop for #name {
                fn drop(&mut self) {
                    z::shutdown(self);
                }
            }
        };
    }
}

/// The names of the types, as `plumbing` has them.
struct Parts {
    scheduler: TokenStream,
    driver: TokenStream,
    allocator: TokenStream,
    timer: TokenStream,
    queue: TokenStream,
    strategy: TokenStream,
    workers: TokenStream,
    stealing: bool,
}

impl Parts {
    fn of(plan: &Plan) -> Self {
        let (scheduler, queue, strategy, workers, stealing) = match plan.scheduler {
            // One queue leaves no choice; the first of the strategies stands for that.
            Scheduler::One => (quote!(OneWorker), quote!(LocalQueue), Strategy::LocalFirst, Workers::Exactly(1), false),
            Scheduler::Many { workers, stealing, strategy, queue_capacity } => {
                let capacity = Literal::u64_unsuffixed(queue_capacity);
                (quote!(WorkStealing), quote!(StealQueue<#capacity>), strategy, workers, stealing)
            }
        };
        let entries = |entries| Literal::u64_unsuffixed(entries);
        let driver = match plan.driver {
            Driver::Uring { entries: count } => {
                let entries = entries(count);
                quote!(Uring<#entries>)
            }
            Driver::Auto { entries: count } => {
                let entries = entries(count);
                quote!(Auto<#entries>)
            }
            Driver::Mio => quote!(Mio),
            Driver::None => quote!(NoDriver),
        };
        let allocator = match plan.memory {
            Memory::General => quote!(General),
        };
        let strategy = match strategy {
            Strategy::LocalFirst => quote!(LocalFirst),
            Strategy::GlobalFirst => quote!(GlobalFirst),
            Strategy::RoundRobin => quote!(RoundRobin),
        };
        let workers = match workers {
            Workers::Exactly(count) => {
                let count = Literal::u64_unsuffixed(count);
                quote!(Exactly(#count))
            }
            Workers::Auto => quote!(Auto),
        };
        let resolution = Literal::u64_unsuffixed(plan.timer_resolution);
        Self { scheduler, driver, allocator, timer: quote!(Wheel<#resolution>), queue, strategy, workers, stealing }
    }
}

/// `impl Plan`: the decisions as types and constants.
fn implementation(name: &Ident, plan: &Plan, report: &Report) -> TokenStream {
    let Parts { scheduler, driver, allocator, timer, queue, strategy, workers, stealing } = Parts::of(plan);
    let (item, thread_name) = (&report.item, &plan.thread_name);
    let max_task_size = plan.max_task_size.map(|bytes| {
        let bytes = Literal::u64_unsuffixed(bytes);
        quote!(const MAX_TASK_SIZE: ::core::option::Option<usize> = ::core::option::Option::Some(#bytes);)
    });
    let blocking_threads = Literal::u64_unsuffixed(plan.blocking_threads);
    quote! {
        impl z::Plan for #name {
            type Scheduler = z::#scheduler<Self>;
            type Driver = z::#driver;
            type Allocator = z::#allocator;
            type Timer = z::#timer;
            type Queue = z::#queue;
            type Strategy = z::#strategy;
            const NAME: &'static str = #item;
            const WORKERS: z::Workers = z::Workers::#workers;
            const STEALING: bool = #stealing;
            const BLOCKING_THREADS: usize = #blocking_threads;
            #max_task_size
            const THREAD_NAME: &'static str = #thread_name;
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
    }
}

/// The methods: each is a call of the core's function of the same name.
pub(super) fn methods() -> TokenStream {
    quote! {
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
}
