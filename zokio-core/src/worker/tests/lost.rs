//! Workers that the others cannot count on: their driver cannot go on, or a task of theirs does not return.

use std::io;
use std::thread::{self, ThreadId};

use super::scripted::{Script, Scripted};
use super::*;

/// The driver of one worker cannot go on.
struct OneBreaks;

static BROKEN: Mutex<Option<ThreadId>> = Mutex::new(None);

impl Script for OneBreaks {
    fn turn() -> io::Result<()> {
        let broken = *BROKEN.lock().unwrap();
        if broken == Some(thread::current().id()) { Err(io::Error::other("so the test says")) } else { Ok(()) }
    }
}

runtime!(OneOfTwo, WorkStealing, StealQueue<Task, 4>, 2, stealing = false, Scripted<OneBreaks>);

#[test]
fn a_lost_worker_leaves_its_tasks_to_the_others() {
    let runtime = plan::build::<OneOfTwo>().unwrap();
    let drops = Arc::new(AtomicUsize::new(0));
    let held = Counted(Arc::clone(&drops));
    let (send, pinned) = mpsc::channel();
    plan::block_on(&runtime, async {
        let parent = spawn(async move {
            let children: Vec<_> = (0..10_usize).map(|n| spawn(async move { n })).collect();
            let stays = spawn_local(async move {
                let _held = held;
                std::future::pending::<()>().await;
            });
            send.send(stays).unwrap();
            let here = thread::current().id();
            *BROKEN.lock().unwrap() = Some(here);
            while thread::current().id() == here {
                yield_now().await;
            }
            for (n, child) in children.into_iter().enumerate() {
                assert_eq!(child.await.unwrap(), n);
            }
        });
        parent.await.unwrap();
        // What was pinned to it cannot go elsewhere.
        assert!(pinned.recv().unwrap().await.unwrap_err().is_cancelled());
    });
    assert_eq!(drops.load(Ordering::SeqCst), 1);
    drop(runtime);
}

/// The drivers of all workers cannot go on.
struct AllBreak;

static ALL_BROKEN: Mutex<bool> = Mutex::new(false);

impl Script for AllBreak {
    fn turn() -> io::Result<()> {
        let broken = *ALL_BROKEN.lock().unwrap()
            && thread::current().name().is_some_and(|name| name == "test-0" || name == "test-1");
        if broken { Err(io::Error::other("so the test says")) } else { Ok(()) }
    }
}

runtime!(NoneOfTwo, WorkStealing, StealQueue<Task, 4>, 2, stealing = true, Scripted<AllBreak>);

#[test]
fn with_the_last_worker_its_tasks_are_cancelled() {
    let runtime = plan::build::<NoneOfTwo>().unwrap();
    plan::block_on(&runtime, async {
        let pending: Vec<_> = (0..10).map(|_| spawn(std::future::pending::<()>())).collect();
        *ALL_BROKEN.lock().unwrap() = true;
        let busy: Vec<_> = (0..2)
            .map(|_| {
                spawn(async {
                    loop {
                        yield_now().await;
                    }
                })
            })
            .collect();
        for handle in pending.into_iter().chain(busy) {
            assert!(handle.await.unwrap_err().is_cancelled());
        }
        // Nobody would run it.
        assert!(spawn(async {}).await.unwrap_err().is_cancelled());
    });
    drop(runtime);
}

runtime!(Apart, WorkStealing, StealQueue<Task, 4>, 2, stealing = false, NoDriver);

/// Sends when it is dropped.
struct Tells(mpsc::Sender<()>);

impl Drop for Tells {
    fn drop(&mut self) {
        let _ = self.0.send(());
    }
}

#[test]
fn the_end_takes_tasks_out_of_the_queue_of_a_worker_in_a_long_poll() {
    let runtime = plan::build::<Apart>().unwrap();
    let (tell, told) = mpsc::channel();
    let (begun, begin) = mpsc::channel();
    let parent = plan::spawn(&runtime, async move {
        // The last stays in the run-next slot, which is the worker's alone.
        for _ in 0..3 {
            let tells = Tells(tell.clone());
            drop(spawn(async move {
                let _tells = tells;
                std::future::pending::<()>().await;
            }));
        }
        begun.send(()).unwrap();
        told.recv().unwrap();
        told.recv().unwrap();
        7
    });
    begin.recv().unwrap();
    // It would never return if the other worker left those two to this one.
    drop(runtime);
    let other = plan::build::<One>().unwrap();
    assert_eq!(plan::block_on(&other, parent).unwrap(), 7);
}
