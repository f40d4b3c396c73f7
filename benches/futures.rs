//! State machines against the compiler's own futures: the same bodies, polled to completion. One operation is one await.
//!
//! `ready`: what is awaited is always there. `pending`: every second time it is not.

use std::future::Future;
use std::hint::black_box;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// What is awaited: a counter.
struct Leaf<'a> {
    count: &'a mut u64,
    pending: bool,
}

impl Future for Leaf<'_> {
    type Output = u64;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<u64> {
        if std::mem::take(&mut self.pending) {
            return Poll::Pending;
        }
        *self.count += 1;
        Poll::Ready(*self.count)
    }
}

#[inline(never)]
fn leaf(count: &mut u64, pending: bool) -> Leaf<'_> {
    Leaf { count, pending }
}

/// The bodies, once as they are and once as machines.
macro_rules! bodies {
    ($($visibility:vis async fn $name:ident($($argument:ident: $ty:ty),*) -> $output:ty { $($body:tt)* })*) => {
        mod native {
            use super::leaf;
            $($visibility async fn $name($($argument: $ty),*) -> $output { $($body)* })*
        }
        mod machine {
            use super::leaf;
            $(#[zokio::async_fn] $visibility async fn $name($($argument: $ty),*) -> $output { $($body)* })*
        }
    };
}

bodies! {
    pub(super) async fn tight(n: u64, pending: bool) -> u64 {
        let mut count = 0;
        let mut sum = 0_u64;
        let mut i = 0;
        while i < n {
            sum = sum.wrapping_add(leaf(&mut count, pending && i % 2 == 0).await);
            i += 1;
        }
        sum
    }

    pub(super) async fn with_a_destructor(n: u64, pending: bool) -> u64 {
        let mut count = 0;
        let mut kept = Vec::new();
        for i in 0..n {
            let text = String::new();
            leaf(&mut count, pending && i % 2 == 0).await;
            if i % 4 == 5 {
                kept.push(text);
            }
        }
        kept.len() as u64
    }

    pub(super) async fn branches(n: u64, pending: bool) -> u64 {
        let mut count = 0;
        let mut sum = 0_u64;
        for i in 0..n {
            match i % 4 {
                0 => {
                    sum = sum.wrapping_add(leaf(&mut count, pending).await);
                }
                1 => {
                    if sum & 1 == 0 {
                        sum = sum.wrapping_add(leaf(&mut count, false).await);
                    } else {
                        sum ^= leaf(&mut count, pending).await;
                    }
                }
                2 => sum = sum.wrapping_add(3),
                _ => {
                    let boxed = Box::new(i);
                    leaf(&mut count, pending).await;
                    sum = sum.wrapping_add(*boxed);
                }
            }
        }
        sum
    }

    pub(super) async fn read_and_write(n: u64, pending: bool) -> u64 {
        let mut count = 0;
        let mut buffer = [0_u8; 64];
        let mut total = 0_u64;
        for _ in 0..n {
            let Ok(read) = fill(&mut count, &mut buffer, pending).await else { break };
            let written = leaf(&mut count, false).await;
            total = total.wrapping_add(written + u64::from(buffer[read as usize]));
        }
        total
    }

    async fn fill(count: &mut u64, buffer: &mut [u8], pending: bool) -> Result<u64, ()> {
        let number = leaf(count, pending).await;
        buffer[(number % 64) as usize] ^= 1;
        Ok(1 + number % 60)
    }

    pub(super) async fn layers(n: u64, pending: bool) -> u64 {
        let mut total = 0_u64;
        for i in 0..n {
            total = total.wrapping_add(one(i, pending && i % 2 == 0).await);
        }
        total
    }

    async fn one(i: u64, pending: bool) -> u64 {
        two(i, pending).await.unwrap_or(0) + 1
    }

    async fn two(i: u64, pending: bool) -> Result<u64, ()> {
        let first = three(i, pending).await?;
        if first == u64::MAX {
            return Err(());
        }
        let second = three(first, pending).await?;
        Ok(second.wrapping_add(first))
    }

    async fn three(i: u64, pending: bool) -> Result<u64, ()> {
        let mut count = i;
        let number = leaf(&mut count, pending).await;
        Ok(number)
    }
}

/// Polls to completion: the result and the number of polls.
fn run(future: impl Future<Output = u64>) -> (u64, u64) {
    let mut future = pin!(future);
    let mut cx = Context::from_waker(Waker::noop());
    let mut polls = 0;
    loop {
        polls += 1;
        if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
            return (value, polls);
        }
    }
}

fn futures(criterion: &mut Criterion) {
    const AWAITS: u64 = 10_000;
    macro_rules! measure {
        ($($name:ident)*) => { $(
            for (kind, pending) in [("ready", false), ("pending", true)] {
                assert_eq!(run(native::$name(100, pending)), run(machine::$name(100, pending)));
                let (native, machine) = (size_of_val(&native::$name(1, false)), size_of_val(&machine::$name(1, false)));
                let mut group = criterion.benchmark_group(format!("{}, {kind} (native {native} bytes, machine {machine})", stringify!($name)));
                group.throughput(Throughput::Elements(AWAITS));
                group.bench_function("native", |bench| bench.iter(|| run(native::$name(black_box(AWAITS), black_box(pending)))));
                group.bench_function("machine", |bench| bench.iter(|| run(machine::$name(black_box(AWAITS), black_box(pending)))));
                group.finish();
            }
        )* };
    }
    measure!(tight with_a_destructor branches read_and_write layers);
}

criterion_group!(benches, futures);
criterion_main!(benches);
