//! The parking protocol: a seat that goes to sleep sees what was queued, or is woken.

use loom::sync::atomic::{AtomicUsize, Ordering};
use loom::sync::{Arc, Mutex};
use loom::thread;

use super::{Bed, Call, explore};
use crate::worker::park::Parker;

#[test]
fn no_wake_is_lost() {
    explore(3, || {
        let bed = Arc::new(Bed::default());
        let parker = Arc::new(Parker::new(Call(Arc::clone(&bed))));
        let queue = Arc::new(Mutex::new(0));
        let senders: Vec<_> = (0..2)
            .map(|_| {
                let (parker, queue) = (Arc::clone(&parker), Arc::clone(&queue));
                thread::spawn(move || {
                    *queue.lock().unwrap() += 1;
                    parker.notify();
                })
            })
            .collect();
        let mut received = 0;
        while received < 2 {
            received += std::mem::take(&mut *queue.lock().unwrap());
            if received < 2 && parker.prepare() && *queue.lock().unwrap() == 0 {
                bed.sleep();
            }
            parker.awake();
        }
        for sender in senders {
            sender.join().unwrap();
        }
    });
}

#[test]
fn the_protocol_orders_a_relaxed_queue() {
    explore(3, || {
        let bed = Arc::new(Bed::default());
        let parker = Arc::new(Parker::new(Call(Arc::clone(&bed))));
        let queue = Arc::new(AtomicUsize::new(0));
        let sender = thread::spawn({
            let (parker, queue) = (Arc::clone(&parker), Arc::clone(&queue));
            move || {
                // Relaxed: the fences of the protocol alone have to do.
                queue.store(1, Ordering::Relaxed);
                parker.notify();
            }
        });
        while queue.load(Ordering::Relaxed) == 0 {
            if parker.prepare() && queue.load(Ordering::Relaxed) == 0 {
                bed.sleep();
            }
            parker.awake();
        }
        sender.join().unwrap();
    });
}
