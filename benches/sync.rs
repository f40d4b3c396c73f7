//! Synchronisation between tasks, without any: what one operation costs where nobody, and where somebody, waits.
//!
//! Everything is polled on one thread with a waker that does nothing, but for `two threads`, where each side tries until it succeeds.

use std::future::Future;
use std::hint::{black_box, spin_loop};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::{Duration, Instant};

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};

/// So many values are in a channel at most.
const CAPACITY: usize = 64;

fn poll<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

fn ready<F: Future>(future: F) -> F::Output {
    match poll(pin!(future)) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("what is measured here is ready"),
    }
}

/// Measures both uses of a channel for one value.
macro_rules! oneshot {
    ($group:expr, $name:literal, $channel:expr) => {
        $group.bench_function(concat!("sent first/", $name), |bencher| {
            bencher.iter(|| {
                let (sender, receiver) = $channel;
                assert!(sender.send(black_box(7_u64)).is_ok());
                ready(receiver).expect("a value was sent")
            });
        });
        $group.bench_function(concat!("awaited first/", $name), |bencher| {
            bencher.iter(|| {
                let (sender, receiver) = $channel;
                let mut receiver = pin!(receiver);
                assert!(poll(receiver.as_mut()).is_pending());
                assert!(sender.send(black_box(7_u64)).is_ok());
                ready(receiver).expect("a value was sent")
            });
        });
    };
}

/// Measures both uses of a semaphore with one permit.
macro_rules! semaphore {
    ($group:expr, $name:literal, $semaphore:expr) => {
        let semaphore = $semaphore;
        $group.bench_function(concat!("free/", $name), |bencher| {
            bencher.iter(|| drop(black_box(ready(semaphore.acquire()))));
        });
        $group.bench_function(concat!("handed over/", $name), |bencher| {
            bencher.iter(|| {
                let first = ready(semaphore.acquire());
                let mut second = pin!(semaphore.acquire());
                assert!(poll(second.as_mut()).is_pending());
                drop(first);
                drop(black_box(ready(second)));
            });
        });
    };
}

/// Measures both uses of a channel for many values: one operation is a value sent and received.
macro_rules! channel {
    ($group:expr, $name:literal, $channel:expr) => {
        let mut ends = $channel;
        // Some send through a shared reference, some through one that is unique.
        let (sender, receiver) = (&mut ends.0, &mut ends.1);
        $group.throughput(Throughput::Elements(CAPACITY as u64));
        $group.bench_function(concat!("one thread/", $name), |bencher| {
            bencher.iter(|| {
                for value in 0..CAPACITY as u64 {
                    assert!(ready(sender.send(black_box(value))).is_ok());
                }
                let received = (0..CAPACITY).filter_map(|_| receiver.try_recv().ok());
                assert_eq!(received.sum::<u64>(), (CAPACITY * (CAPACITY - 1) / 2) as u64);
            });
        });
        $group.throughput(Throughput::Elements(1));
        $group.bench_function(concat!("two threads/", $name), |bencher| {
            bencher.iter_custom(|count| {
                two_threads(
                    count,
                    $channel,
                    |sender, value| sender.try_send(value).is_ok(),
                    |receiver| receiver.try_recv().ok(),
                )
            });
        });
    };
}

/// Sends so many values from one thread to another.
fn two_threads<S: Send + 'static, R>(
    count: u64,
    (mut sender, mut receiver): (S, R),
    send: fn(&mut S, u64) -> bool,
    receive: fn(&mut R) -> Option<u64>,
) -> Duration {
    let start = Instant::now();
    let sends = thread::spawn(move || {
        for value in 0..count {
            while !send(&mut sender, value) {
                spin_loop();
            }
        }
    });
    for expected in 0..count {
        let value = loop {
            match receive(&mut receiver) {
                Some(value) => break value,
                None => spin_loop(),
            }
        };
        assert_eq!(value, expected);
    }
    let duration = start.elapsed();
    sends.join().expect("everything was sent");
    duration
}

fn group<'c>(criterion: &'c mut Criterion, name: &str) -> BenchmarkGroup<'c, WallTime> {
    criterion.benchmark_group(name)
}

fn oneshots(criterion: &mut Criterion) {
    let mut group = group(criterion, "oneshot");
    oneshot!(group, "zokio", zokio::sync::oneshot::channel());
    #[cfg(feature = "peers")]
    oneshot!(group, "tokio", tokio::sync::oneshot::channel());
    group.finish();
}

fn semaphores(criterion: &mut Criterion) {
    let mut group = group(criterion, "semaphore");
    semaphore!(group, "zokio", zokio::sync::Semaphore::new(1));
    #[cfg(feature = "peers")]
    semaphore!(group, "tokio", tokio::sync::Semaphore::new(1));
    #[cfg(feature = "peers")]
    semaphore!(group, "smol", smol::lock::Semaphore::new(1));
    group.finish();
}

fn channels(criterion: &mut Criterion) {
    let mut group = group(criterion, "channel");
    channel!(group, "zokio", zokio::sync::spsc::channel::<u64, CAPACITY>());
    #[cfg(feature = "peers")]
    channel!(group, "tokio", tokio::sync::mpsc::channel::<u64>(CAPACITY));
    #[cfg(feature = "peers")]
    channel!(group, "smol", smol::channel::bounded::<u64>(CAPACITY));
    group.finish();
}

criterion_group!(benches, oneshots, semaphores, channels);
criterion_main!(benches);
