//! What is known but not built yet: refused with a word about what to write meanwhile. An entry leaves these tables when its
//! engine is there.

/// A key whose engine is not built yet.
#[derive(Debug)]
pub(crate) struct UnbuiltKey {
    pub(crate) key: &'static str,
    pub(crate) why: &'static str,
    pub(crate) write: &'static str,
}

/// A value whose engine is not built yet, of a key that is there.
#[derive(Debug)]
pub(crate) struct UnbuiltValue {
    pub(crate) key: &'static str,
    pub(crate) value: &'static str,
    pub(crate) why: &'static str,
    pub(crate) write: &'static str,
}

/// Keys of which no value is accepted.
pub(crate) const UNBUILT_KEYS: &[UnbuiltKey] = &[
    UnbuiltKey {
        key: "memory_limit",
        why: "no allocator counts what tasks take",
        write: "the attribute without it, and limit the process from outside (cgroup, ulimit)",
    },
    UnbuiltKey {
        key: "max_allocation",
        why: "no allocator looks at the size of a single task",
        write: "the attribute without it, and keep large values in a `Box` of your own",
    },
    UnbuiltKey {
        key: "numa",
        why: "workers are not bound to nodes",
        write: "the attribute without it, and bind the process from outside (numactl)",
    },
    UnbuiltKey { key: "simd", why: "no step of the runtime is vectorised", write: "the attribute without it" },
    UnbuiltKey { key: "prefetch", why: "workers do not fetch tasks ahead", write: "the attribute without it" },
    UnbuiltKey {
        key: "cache_line",
        why: "padding follows the target alone",
        write: "the attribute without it; `PLATFORM.cache_line` says what the target has",
    },
    UnbuiltKey { key: "stats", why: "the runtime has no counters", write: "the attribute without it" },
    UnbuiltKey { key: "trace", why: "the runtime records no events", write: "the attribute without it" },
];

/// Values that are refused, of keys that are accepted.
pub(crate) const UNBUILT_VALUES: &[UnbuiltValue] = &[
    memory("adaptive", "there is no allocator that learns the sizes of tasks"),
    memory("arena", "there is no allocator that frees all tasks at once"),
    memory("fixed", "there is no allocator of equal blocks"),
    memory("stack", "there is no allocator that keeps tasks in the runtime itself"),
    UnbuiltValue {
        key: "io",
        value: "stub",
        why: "there is no scripted driver for tests",
        write: "`io = none` for tests without I/O, `io = auto` with it",
    },
    UnbuiltValue {
        key: "start_paused",
        value: "true",
        why: "the clock cannot be paused",
        write: "`start_paused = false`, or leave it out, and let the test wait in real time",
    },
];

const fn memory(value: &'static str, why: &'static str) -> UnbuiltValue {
    UnbuiltValue {
        key: "memory",
        value,
        why,
        write: "`memory = general`: tasks come from the program's global allocator",
    }
}
