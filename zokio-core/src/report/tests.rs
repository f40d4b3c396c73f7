use super::{Amount, By, Decision, Fact, Layout, MemoryLayout, OptimizationReport, PerformanceCharacteristics};
use crate::platform::{Endian, Platform};

const REPORT: OptimizationReport = OptimizationReport {
    name: "App",
    decisions: &[
        Decision { key: "workers", value: "2", by: By::User, reason: "as written" },
        Decision { key: "io", value: "uring", by: By::Default, reason: "the target is Linux" },
    ],
    applied: &["each worker has a ring of its own"],
    possible: &[],
    platform: Platform {
        os: "linux",
        arch: "x86_64",
        pointer_width: 64,
        endian: Endian::Little,
        cache_line: 128,
        padding: 128,
        simd: &["sse2"],
        io_uring: true,
        kqueue: false,
        iocp: false,
    },
    memory: MemoryLayout {
        entries: &[
            Layout { name: "task header", size: 64, align: 8, cache_lines: 1 },
            Layout { name: "queue", size: 1024, align: 128, cache_lines: 8 },
        ],
    },
    performance: PerformanceCharacteristics {
        facts: &[
            Fact { name: "poll atomics", amount: Amount::Exactly(0), unit: "writes", reason: "its own" },
            Fact { name: "threads", amount: Amount::AtMost(512), unit: "threads", reason: "as decided" },
        ],
    },
};

#[test]
fn a_report_prints_its_sections_in_aligned_columns() {
    let expected = "\
runtime App

platform
  linux on x86_64, 64 bits, little-endian, cache lines of 128 bytes, io_uring, SIMD: sse2

decided
  workers  2      user     as written
  io       uring  default  the target is Linux

applied
  each worker has a ring of its own

memory
  task header    64 bytes    aligned to 8   1 cache line
  queue        1024 bytes  aligned to 128  8 cache lines

costs
  poll atomics            0  writes   its own
  threads       at most 512  threads  as decided
";
    assert_eq!(REPORT.to_string(), expected);
}

#[test]
fn parts_are_found_by_name_and_print_alone() {
    assert_eq!(REPORT.decision("io").unwrap().to_string(), "io = uring (default): the target is Linux");
    assert_eq!(REPORT.decision("numa"), None);
    let header = REPORT.memory.get("task header").unwrap();
    assert_eq!(header.to_string(), "task header: 64 bytes, aligned to 8, 1 cache line");
    let threads = REPORT.performance.get("threads").unwrap();
    assert_eq!(threads.to_string(), "threads: at most 512 (threads): as decided");
    assert_eq!(REPORT.performance.get("times"), None);
}

#[test]
fn a_layout_counts_the_lines_it_takes() {
    const LINE: usize = Platform::TARGET.cache_line;
    assert_eq!(Layout::of::<()>("nothing").cache_lines, 0);
    assert_eq!(Layout::of::<[u8; LINE]>("a line").cache_lines, 1);
    assert_eq!(Layout::of::<[u8; LINE + 1]>("more").cache_lines, 2);
}
