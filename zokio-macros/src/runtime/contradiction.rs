//! Keys that contradict each other. Each is shown at the key that has to go, or to change.

use proc_macro2::Ident;

use super::config::{Config, Setting};
use super::threads::Threads;
use super::value::{Flavor, Io, Switch, Workers};
use crate::diagnostics::Faults;
use crate::diagnostics::messages::Message;
use crate::names::Kind;

/// Adds every contradiction. Where a key has a fault of its own, nothing is concluded from it.
pub(crate) fn find(kind: Kind, config: &Config, faults: &mut Faults) {
    two_counts(config, faults);
    flavor_and_count(config, faults);
    if !(config.workers.is_faulty() || config.worker_threads.is_faulty() || config.flavor.is_faulty()) {
        match Threads::of(kind, config) {
            Threads::One => without_queues(kind, config, faults),
            Threads::Many(Workers::Exactly(1)) => without_victims(config, faults),
            Threads::Many(_) => {}
        }
    }
    entries_without_ring(config, faults);
}

fn two_counts(config: &Config, faults: &mut Faults) {
    if let (Some(_), Some((key, _))) = (config.workers.said(), config.worker_threads.said()) {
        let message = Message::new("`worker_threads` is there beside `workers`", "one of them")
            .because("both say how many workers there are");
        faults.add(key, message);
    }
}

fn flavor_and_count(config: &Config, faults: &mut Faults) {
    let Some((_, Flavor::CurrentThread)) = config.flavor.said() else { return };
    for count in [&config.workers, &config.worker_threads] {
        let Some((key, workers)) = count.said() else { continue };
        let write = match workers {
            Workers::Exactly(1) => continue,
            Workers::Exactly(count) => format!("`flavor = \"multi_thread\", {key} = {count}`, or leave `{key}` out"),
            Workers::Auto => format!("`flavor = \"multi_thread\", {key} = auto`, or leave `{key}` out"),
        };
        let message = Message::new(format!("`{key}` contradicts `flavor = \"current_thread\"`"), write)
            .because("the current thread is one worker");
        faults.add(key, message);
    }
}

/// One worker has one queue that it does not share.
fn without_queues(kind: Kind, config: &Config, faults: &mut Faults) {
    let cause = cause_of_one(kind, config);
    let mut refuse = |key: &Ident, why: &str| {
        let message = Message::new(format!("`{key}` needs several workers"), more(config, key))
            .because(format!("{cause}, and {why}"));
        faults.add(key, message);
    };
    if let Some((key, Switch(true))) = config.stealing.said() {
        refuse(key, "it has nobody to steal from");
    }
    if let Some((key, _)) = config.strategy.said() {
        refuse(key, "it has one queue: there is nothing to choose from");
    }
    if let Some((key, _)) = config.queue_capacity.said() {
        refuse(key, "its queue grows as it must: nobody else reads it");
    }
}

/// Why there is one worker.
fn cause_of_one(kind: Kind, config: &Config) -> String {
    let count = |setting: &Setting<Workers>| setting.said().map(|(key, _)| format!("`{key} = 1` is one worker"));
    count(&config.workers)
        .or_else(|| count(&config.worker_threads))
        .or_else(|| config.flavor.value().map(|flavor| format!("`flavor = \"{}\"` is one worker", flavor.word())))
        .unwrap_or_else(|| format!("`{kind}` has one worker unless `workers` says otherwise"))
}

/// What to write for several workers.
fn more(config: &Config, key: &Ident) -> String {
    let workers = if config.worker_threads.said().is_some() { "worker_threads" } else { "workers" };
    match config.flavor.said() {
        Some((_, Flavor::CurrentThread)) => format!("`flavor = \"multi_thread\"`, or leave `{key}` out"),
        _ => format!("`{workers} = 2` or more, or leave `{key}` out"),
    }
}

/// One worker beside the calling thread has a queue and an inbox, but no other worker.
fn without_victims(config: &Config, faults: &mut Faults) {
    if let Some((key, Switch(true))) = config.stealing.said() {
        let message = Message::new("`stealing` needs several workers", more(config, key))
            .because("one worker has nobody to steal from");
        faults.add(key, message);
    }
}

fn entries_without_ring(config: &Config, faults: &mut Faults) {
    let (Some((_, &io)), Some((key, _))) = (config.io.said(), config.ring_entries.said()) else { return };
    let why = match io {
        Io::Auto | Io::Uring => return,
        Io::Mio => "`io = mio` compiles no io_uring in",
        Io::None => "`io = none` compiles no driver in",
    };
    let message =
        Message::new("`ring_entries` needs a ring", "`io = uring` or `io = auto`, or leave `ring_entries` out")
            .because(why);
    faults.add(key, message);
}
