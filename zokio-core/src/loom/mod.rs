//! Loom explores the interleavings of every lock-free piece of the core.
//!
//! Run with `RUSTFLAGS="--cfg loom" cargo test -p zokio-core --release --lib loom::`; `LOOM_MAX_PREEMPTIONS` bounds the
//! search, and the models bound it themselves where they need to.

mod ending;
mod idle;
mod oneshot;
mod park;
mod pinned;
mod semaphore;
mod shared;
mod spsc;
mod steal;
mod timer;

use loom::sync::{Condvar, Mutex};

use crate::driver::Unpark;

/// Explores a model with at most so many preemptions of a running thread, unless the environment says otherwise.
fn explore(preemptions: usize, model: impl Fn() + Send + Sync + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = builder.preemption_bound.or(Some(preemptions));
    builder.check(model);
}

/// A place to sleep that loom understands: a sleeper that nobody wakes is a deadlock, which loom reports.
#[derive(Debug, Default)]
struct Bed {
    unparked: Mutex<bool>,
    called: Condvar,
}

impl Bed {
    fn sleep(&self) {
        let mut unparked = self.unparked.lock().unwrap();
        while !*unparked {
            unparked = self.called.wait(unparked).unwrap();
        }
        *unparked = false;
    }
}

/// Wakes the sleeper of a [`Bed`].
#[derive(Debug)]
struct Call(loom::sync::Arc<Bed>);

impl Unpark for Call {
    fn unpark(&self) {
        *self.0.unparked.lock().unwrap() = true;
        self.0.called.notify_one();
    }
}
