#[zokio::main(memory_limit = "64MiB", max_allocation = "1MiB", numa = true, simd = true, prefetch = true,
    cache_line = 64, stats = true, trace = true)]
async fn main() {}
