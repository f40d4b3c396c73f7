//! The life of an operation in four words: submitted, waiting, completed, abandoned.
//!
//! ```text
//!                 poll stores a waker            the kernel answers
//!    Submitted ─────────────────────► Waiting ─────────────────────► Completed
//!        │  ▲                            │     (takes the waker          ▲
//!        │  └── poll changes its waker ──┘      in passing: Waking)      │
//!        └───────────────────────────── the kernel answers ──────────────┘
//!
//!    Submitted, Waiting ── the future is dropped on the driver's thread ──► Abandoned
//!    Submitted, Waiting ── on another thread ──► Returning ── the driver hears of it ──► Abandoned
//!                                                    └────── the kernel answers ──────► Completed
//! ```
//!
//! Two own the operation, the *future* and the *driver*. Who may touch what, when:
//!
//! | state       | the waker                   | the answer | payload and memory are freed by          |
//! |-------------|-----------------------------|------------|------------------------------------------|
//! | `Submitted` | the future                  | the driver | nobody: the kernel may use them          |
//! | `Waiting`   | who leaves the state        | the driver | nobody                                   |
//! | `Waking`    | the driver                  | the driver | nobody, for the three lines that it lasts |
//! | `Completed` | nobody (it has been taken)  | the future | the future                               |
//! | `Abandoned` | nobody (it has been taken)  | the driver | the driver, when the kernel answers      |
//! | `Returning` | as `Waking` or nobody       | the driver | the driver, when it has heard *and* the kernel has answered |
//!
//! `Waking` and `Returning` are passages, not words of the life: the first keeps the future from freeing the waker under
//! the driver's hands, the second keeps the driver from freeing an operation that is still in its mailbox.
#![allow(unsafe_code)] // the waker and the answer are cells whose owner the state names

use std::task::Waker;

use crate::primitive::UnsafeCell;
use crate::primitive::atomic::{AtomicU8, Ordering};

const SUBMITTED: u8 = 0;
const WAITING: u8 = 1;
const COMPLETED: u8 = 2;
const ABANDONED: u8 = 3;
const WAKING: u8 = 4;
const RETURNING: u8 = 5;

/// What the kernel says: a count or descriptor, or the negative of an error's code.
pub type Answer = i32;

/// The answer of a driver that gives an operation back unperformed: it is to be begun again where it is polled next.
pub const AGAIN: Answer = Answer::MIN;

/// State, waker and answer of one operation.
#[derive(Debug)]
pub(crate) struct Lifecycle {
    state: AtomicU8,
    waker: UnsafeCell<Option<Waker>>,
    answer: UnsafeCell<Answer>,
}

/// What is left for the driver to do with an operation that the kernel has answered.
#[derive(Debug)]
pub(crate) enum Completion {
    /// The future waits.
    Wake(Waker),
    /// The future will look by itself, or the operation will be found in the mailbox.
    Noted,
    /// The future is gone: free the operation.
    Free,
}

impl Lifecycle {
    /// An operation about to be submitted by a future that waits with `waker`, if it does.
    pub(crate) fn new(waker: Option<Waker>) -> Self {
        let state = if waker.is_some() { WAITING } else { SUBMITTED };
        Self { state: AtomicU8::new(state), waker: UnsafeCell::new(waker), answer: UnsafeCell::new(0) }
    }

    /// The future looks: the answer, or `waker` will be woken when it is there.
    ///
    /// After an answer the operation is the future's alone.
    pub(crate) fn poll(&self, waker: &Waker) -> Option<Answer> {
        loop {
            // Acquire: pairs with the release that published the answer.
            match self.state.load(Ordering::Acquire) {
                SUBMITTED => {
                    self.waker.with_mut(|cell| {
                        // SAFETY: `Submitted`: the waker is the future's.
                        let cell = unsafe { &mut *cell };
                        if !cell.as_ref().is_some_and(|present| present.will_wake(waker)) {
                            *cell = Some(waker.clone());
                        }
                    });
                    // Release: publishes the waker to the driver that takes it.
                    if self.pass(SUBMITTED, WAITING, Ordering::Release) {
                        return None;
                    }
                }
                WAITING => {
                    // Takes the waker back. Acquire: should the future have changed threads, the last waker is seen.
                    self.pass(WAITING, SUBMITTED, Ordering::Acquire);
                }
                WAKING => {
                    // The driver has just taken the previous waker; whoever it wakes may not be this poll's task.
                    waker.wake_by_ref();
                    return None;
                }
                COMPLETED => {
                    // SAFETY: `Completed`: the answer is the future's.
                    return Some(self.answer.with(|answer| unsafe { *answer }));
                }
                gone => unreachable!("an operation was polled in state {gone}, after its future was dropped"),
            }
        }
    }

    /// The future goes, on the driver's thread. The answer, if it is there: the operation is then the future's to free.
    /// Otherwise it is the driver's, and still in flight.
    pub(crate) fn abandon(&self) -> Option<Answer> {
        self.leave(ABANDONED)
    }

    /// The future goes, on another thread. As [`abandon`](Self::abandon); without an answer, the operation must then be
    /// given back by post: see [`returned`](Self::returned).
    pub(crate) fn depart(&self) -> Option<Answer> {
        self.leave(RETURNING)
    }

    fn leave(&self, how: u8) -> Option<Answer> {
        // Acquire: as in `poll`.
        if self.pass(WAITING, SUBMITTED, Ordering::Acquire) {
            // The task may be freed now rather than when the kernel answers.
            // SAFETY: `Submitted`: the waker is the future's.
            drop(self.waker.with_mut(|waker| unsafe { (*waker).take() }));
        }
        // Acquire: pairs with the release that published the answer. Release: what the future did to the payload comes
        // before the driver frees it.
        match self.state.swap(how, Ordering::AcqRel) {
            // SAFETY: it was `Completed`: the answer is the future's, and nobody looks at the state any more.
            COMPLETED => Some(self.answer.with(|answer| unsafe { *answer })),
            _ => None,
        }
    }

    /// The driver has the kernel's answer. To be called once.
    pub(crate) fn complete(&self, answer: Answer) -> Completion {
        // SAFETY: in every state that is left here the answer is the driver's.
        self.answer.with_mut(|cell| unsafe { *cell = answer });
        loop {
            // Acquire: pairs with the releases of `poll` (the waker) and `leave` (the payload).
            match self.state.load(Ordering::Acquire) {
                // Release: publishes the answer to the future.
                SUBMITTED if self.pass(SUBMITTED, COMPLETED, Ordering::Release) => {
                    return Completion::Noted;
                }
                // Acquire: the waker that `poll` published.
                WAITING if self.pass(WAITING, WAKING, Ordering::Acquire) => {
                    // SAFETY: `Waking`: the waker is the driver's.
                    let waker = self.waker.with_mut(|waker| unsafe { (*waker).take() });
                    // Release: publishes the answer. It fails when the future has departed in between.
                    let waits = self.pass(WAKING, COMPLETED, Ordering::Release);
                    match waker {
                        Some(waker) if waits => return Completion::Wake(waker),
                        // Not woken: its future is gone. The state is `Returning` now.
                        _ => drop(waker),
                    }
                }
                // The driver alone leaves `Returning`. Release: publishes the answer to a sender whom a closed mailbox
                // refuses.
                RETURNING => {
                    self.state.store(COMPLETED, Ordering::Release);
                    return Completion::Noted;
                }
                ABANDONED => return Completion::Free,
                // The future changed its waker or departed meanwhile.
                _ => {}
            }
        }
    }

    /// The driver (or whoever its closed mailbox refused) has a departed operation in hands. The answer, if it is there:
    /// the operation is then to be freed. Otherwise it is abandoned and still in flight.
    pub(crate) fn returned(&self) -> Option<Answer> {
        // Acquire: pairs with the releases in `complete` and `leave`.
        if self.pass(RETURNING, ABANDONED, Ordering::Acquire) {
            return None;
        }
        // SAFETY: it was `Completed` by the driver, and no future is left.
        Some(self.answer.with(|answer| unsafe { *answer }))
    }

    /// Whether `from` was left for `to`. A failure is always followed by an acquiring look at the state.
    fn pass(&self, from: u8, to: u8, order: Ordering) -> bool {
        self.state.compare_exchange(from, to, order, Ordering::Acquire).is_ok()
    }
}

#[cfg(all(test, loom))]
mod tests {
    use super::*;
    use crate::primitive::Arc;
    use std::task::Wake;

    /// Counts wakes.
    struct Count(loom::sync::atomic::AtomicUsize);

    impl Wake for Count {
        fn wake(self: std::sync::Arc<Self>) {
            self.0.fetch_add(1, Ordering::AcqRel);
        }
    }

    fn count() -> (std::sync::Arc<Count>, Waker) {
        let count = std::sync::Arc::new(Count(loom::sync::atomic::AtomicUsize::new(0)));
        (std::sync::Arc::clone(&count), Waker::from(count))
    }

    /// The driver's side. Says whether the operation is the driver's to free.
    fn answer(life: &Lifecycle) -> bool {
        match life.complete(7) {
            Completion::Wake(waker) => waker.wake(),
            Completion::Noted => {}
            Completion::Free => return true,
        }
        false
    }

    #[test]
    fn a_polled_operation_gets_its_answer_and_loses_no_wake() {
        loom::model(|| {
            let life = Arc::new(Lifecycle::new(Some(Waker::noop().clone())));
            let driver = {
                let life = Arc::clone(&life);
                loom::thread::spawn(move || assert!(!answer(&life)))
            };
            let (wakes, waker) = count();
            let answered = life.poll(&waker);
            driver.join().unwrap();
            // Either this poll saw the answer, or the waker it left was woken and the next poll sees it.
            assert!(answered.is_some() || wakes.0.load(Ordering::Acquire) == 1);
            assert_eq!(life.poll(&waker), Some(7));
        });
    }

    #[test]
    fn an_operation_that_changes_tasks_wakes_the_last_of_them() {
        loom::model(|| {
            let life = Arc::new(Lifecycle::new(None));
            let driver = {
                let life = Arc::clone(&life);
                loom::thread::spawn(move || answer(&life))
            };
            let ((_, first), (wakes, second)) = (count(), count());
            let answered = life.poll(&first).or_else(|| life.poll(&second));
            driver.join().unwrap();
            assert!(answered.is_some() || wakes.0.load(Ordering::Acquire) == 1);
        });
    }

    /// The future is dropped on another thread while the kernel answers: one of them frees, once.
    #[test]
    fn a_departed_operation_is_freed_by_exactly_one() {
        loom::model(|| {
            let (wakes, waker) = count();
            let life = Arc::new(Lifecycle::new(Some(waker)));
            let posted = Arc::new(crate::driver::mailbox::Mailbox::new());
            let future = {
                let (life, posted) = (Arc::clone(&life), Arc::clone(&posted));
                loom::thread::spawn(move || match life.depart() {
                    Some(answer) => Some(answer),
                    None => match posted.post(()) {
                        Ok(_) => None,
                        // Refused: the driver has shut down, hence answered.
                        Err(()) => Some(life.returned().expect("answered before the mailbox was closed")),
                    },
                })
            };
            let mut freed = 0;
            for () in posted.take() {
                freed += usize::from(life.returned().is_some());
            }
            freed += usize::from(answer(&life));
            for () in posted.close() {
                freed += usize::from(life.returned().is_some());
            }
            freed += usize::from(future.join().unwrap() == Some(7));
            assert_eq!(freed, 1);
            assert!(wakes.0.load(Ordering::Acquire) <= 1);
        });
    }

    #[test]
    fn an_abandoned_operation_is_the_drivers() {
        loom::model(|| {
            let life = Lifecycle::new(None);
            assert!(life.abandon().is_none());
            assert!(answer(&life));
        });
    }
}
