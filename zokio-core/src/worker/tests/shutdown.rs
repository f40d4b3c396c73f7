//! What other people's code does while a seat shuts down.

use std::pin::Pin;
use std::task::{Context, Wake};

use super::*;
use crate::task::JoinHandle;
use crate::timer::{Instant, Sleep};

/// Spawns when it is woken, with the function that it was made with.
struct Spawns {
    spawn: fn(Counted) -> JoinHandle<()>,
    drops: Arc<AtomicUsize>,
    sleep: Mutex<Option<Sleep>>,
    spawned: Mutex<Option<JoinHandle<()>>>,
}

impl Spawns {
    fn new(spawn: fn(Counted) -> JoinHandle<()>) -> Arc<Self> {
        Arc::new(Self { spawn, drops: Arc::default(), sleep: Mutex::default(), spawned: Mutex::default() })
    }

    /// Arms a sleep on this thread's seat that nothing but the shutdown ends.
    fn arm(self: Arc<Self>) {
        let mut sleep = Sleep::new(Instant::after(Duration::from_secs(24 * 3600)));
        let waker = Waker::from(Arc::clone(&self));
        assert!(Pin::new(&mut sleep).poll(&mut Context::from_waker(&waker)).is_pending());
        *self.sleep.lock().unwrap() = Some(sleep);
    }

    /// After the shutdown: the task was cancelled by it, and its handle is one like any other.
    fn check(&self) {
        let handle = self.spawned.lock().unwrap().take().expect("the shutdown woke the waker");
        assert!(handle.is_finished());
        assert_eq!(self.drops.load(Ordering::SeqCst), 1, "the future is dropped, not leaked");
        handle.abort();
        let other = plan::build::<One>().unwrap();
        assert!(plan::block_on(&other, handle).unwrap_err().is_cancelled());
    }
}

impl Wake for Spawns {
    fn wake(self: Arc<Self>) {
        let handle = (self.spawn)(Counted(Arc::clone(&self.drops)));
        *self.spawned.lock().unwrap() = Some(handle);
    }
}

fn spawns(held: Counted) -> JoinHandle<()> {
    spawn(async move { drop(held) })
}

fn spawns_local(held: Counted) -> JoinHandle<()> {
    spawn_local(async move { drop(held) })
}

fn a_waker_spawns_on_the_entry_seat<P: Plan>(spawn: fn(Counted) -> JoinHandle<()>) {
    let runtime = plan::build::<P>().unwrap();
    let spawns = Spawns::new(spawn);
    plan::block_on(&runtime, async { Arc::clone(&spawns).arm() });
    drop(runtime);
    spawns.check();
}

#[test]
fn a_waker_spawns_while_one_worker_shuts_down() {
    a_waker_spawns_on_the_entry_seat::<One>(spawns);
    a_waker_spawns_on_the_entry_seat::<One>(spawns_local);
}

#[test]
fn a_waker_spawns_while_two_workers_shut_down() {
    a_waker_spawns_on_the_entry_seat::<Two>(spawns);
    a_waker_spawns_on_the_entry_seat::<Two>(spawns_local);
}

#[test]
fn a_waker_spawns_on_a_workers_seat_while_it_shuts_down() {
    for spawn_there in [spawns, spawns_local] {
        let runtime = plan::build::<Two>().unwrap();
        let spawns = Spawns::new(spawn_there);
        let armed = Arc::clone(&spawns);
        plan::block_on(&runtime, async { spawn(async { armed.arm() }).await.unwrap() });
        drop(runtime);
        spawns.check();
    }
}
