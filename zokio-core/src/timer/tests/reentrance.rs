//! Wakers that use the wheel which wakes or drops them.
#![allow(unsafe_code)] // such wakers are not `Send`

use std::cell::RefCell;
use std::rc::Rc;

use super::*;

/// Runs a closure when it is woken, or when it is dropped without: what wakers may do.
struct Calls<F: FnMut()>(RefCell<F>);

// SAFETY: the tests below stay on one thread.
unsafe impl<F: FnMut()> Send for Calls<F> {}
// SAFETY: as above.
unsafe impl<F: FnMut()> Sync for Calls<F> {}

impl<F: FnMut()> Wake for Calls<F> {
    fn wake(self: Arc<Self>) {}
}

impl<F: FnMut()> Drop for Calls<F> {
    fn drop(&mut self) {
        self.0.get_mut()();
    }
}

fn calls(f: impl FnMut() + 'static) -> Waker {
    Waker::from(Arc::new(Calls(RefCell::new(f))))
}

#[test]
fn wakers_arm_and_cancel_on_the_wheel_that_fires() {
    let start = Instant::now();
    let at = move |nanoseconds| start + Duration::from_nanos(nanoseconds);
    let wheel = Rc::new(Wheel::<1>::starting_at(start));
    let victim = Rc::new(RefCell::new(wheel.arm(at(10), Waker::noop())));
    let armed = Rc::new(RefCell::new(Vec::new()));
    let waker = calls({
        let (wheel, victim, armed) = (Rc::clone(&wheel), Rc::clone(&victim), Rc::clone(&armed));
        move || {
            // Due in the same `fire`, as is the one that is armed for a tick that has come.
            let cancelled = victim.borrow_mut().take();
            assert!(cancelled.is_none_or(|entry| wheel.release(entry).is_ok()));
            assert!(wheel.arm(at(10), Waker::noop()).is_none());
            armed.borrow_mut().extend((20..120).map(|tick| wheel.arm(at(tick), Waker::noop()).unwrap()));
            assert_eq!(wheel.fire(at(10)), 0);
        }
    });
    let first = wheel.arm(at(9), &waker).unwrap();
    drop(waker);
    assert_eq!(wheel.fire(at(10)), 1, "the other one was cancelled by the first");
    assert_eq!(wheel.next_deadline(), Some(at(20)));
    for entry in armed.take() {
        assert!(wheel.release(entry).is_ok());
    }
    assert!(wheel.release(first).is_ok());
    assert_eq!(wheel.statistics().outstanding, 0);
}

#[test]
fn wakers_dropped_by_a_release_and_a_replacement_use_the_wheel() {
    let start = Instant::now();
    let wheel = Rc::new(Wheel::<1>::starting_at(start));
    let count = Rc::new(std::cell::Cell::new(0));
    let waker = || {
        let (wheel, count) = (Rc::clone(&wheel), Rc::clone(&count));
        calls(move || {
            let entry = wheel.arm(start + Duration::from_nanos(7), Waker::noop()).unwrap();
            assert!(wheel.release(entry).is_ok());
            count.set(count.get() + 1);
        })
    };
    let mut entry = wheel.arm(start + Duration::from_nanos(5), &waker()).unwrap();
    assert!(wheel.set_waker(&mut entry, &waker()));
    assert_eq!(count.get(), 1);
    assert!(wheel.release(entry).is_ok());
    assert_eq!(count.get(), 2);
    let entry = wheel.arm(start + Duration::from_nanos(5), &waker()).unwrap();
    wheel.shutdown();
    assert_eq!(count.get(), 3);
    assert!(wheel.release(entry).is_ok());
}
