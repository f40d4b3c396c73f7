//! What other threads have to say to a driver: a lock-free stack that is pushed to by many and emptied by one.
#![allow(unsafe_code)] // the letters are boxes behind an atomic pointer

use std::fmt;
use std::ptr;

use crate::primitive::atomic::{AtomicPtr, Ordering};

/// A stack that any thread pushes to and one thread takes as a whole. Nothing is ever taken singly, so that no letter's
/// address matters to anybody but its taker.
pub(crate) struct Mailbox<T> {
    /// The last letter posted, null for none, or [`closed`].
    head: AtomicPtr<Letter<T>>,
}

struct Letter<T> {
    content: T,
    next: *mut Self,
}

/// What the head is when nothing can be posted any more: the address of no letter.
const fn closed<T>() -> *mut Letter<T> {
    ptr::without_provenance_mut(align_of::<Letter<T>>())
}

impl<T> Mailbox<T> {
    pub(crate) fn new() -> Self {
        Self { head: AtomicPtr::new(ptr::null_mut()) }
    }

    /// Posts `content`. `Ok(true)` says that the mailbox was empty: the owner may be asleep.
    ///
    /// # Errors
    /// The content back, when the mailbox is closed.
    pub(crate) fn post(&self, content: T) -> Result<bool, T> {
        let letter = Box::into_raw(Box::new(Letter { content, next: ptr::null_mut() }));
        // Acquire: a closed mailbox shows what its owner did before it closed it.
        let mut head = self.head.load(Ordering::Acquire);
        loop {
            if head == closed() {
                // SAFETY: the letter was boxed above and has been shown to nobody.
                let letter = unsafe { Box::from_raw(letter) };
                return Err(letter.content);
            }
            // SAFETY: as above, the letter is still this function's alone.
            unsafe { (*letter).next = head };
            // Release: publishes the letter to the acquire of `take`.
            match self.head.compare_exchange_weak(head, letter, Ordering::Release, Ordering::Acquire) {
                Ok(_) => return Ok(head.is_null()),
                Err(now) => head = now,
            }
        }
    }

    /// Whether there is nothing to take. A letter posted on another thread at this moment may be missed.
    pub(crate) fn is_empty(&self) -> bool {
        // Relaxed: `take` is what acquires.
        let head = self.head.load(Ordering::Relaxed);
        head.is_null() || head == closed()
    }

    /// Takes all letters, the latest first.
    pub(crate) fn take(&self) -> Letters<T> {
        if self.is_empty() {
            return Letters(ptr::null_mut());
        }
        // Acquire: pairs with the release of `post`. The owner alone takes and closes, so it is not closed meanwhile.
        Letters(self.head.swap(ptr::null_mut(), Ordering::Acquire))
    }

    /// Takes all letters and refuses further ones. To be called by the owner; doing it again does nothing.
    pub(crate) fn close(&self) -> Letters<T> {
        // Acquire: as in `take`. Release: publishes to those who are refused what the owner did before.
        let head = self.head.swap(closed(), Ordering::AcqRel);
        Letters(if head == closed() { ptr::null_mut() } else { head })
    }
}

impl<T> Drop for Mailbox<T> {
    fn drop(&mut self) {
        drop(self.close());
    }
}

// SAFETY: contents are moved from thread to thread, never shared.
unsafe impl<T: Send> Send for Mailbox<T> {}
// SAFETY: as above.
unsafe impl<T: Send> Sync for Mailbox<T> {}

impl<T> fmt::Debug for Mailbox<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mailbox").field("is_empty", &self.is_empty()).finish()
    }
}

/// Letters that have been taken.
pub(crate) struct Letters<T>(*mut Letter<T>);

impl<T> Iterator for Letters<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        if self.0.is_null() {
            return None;
        }
        // SAFETY: a list of boxed letters that `take` or `close` has made this iterator's own.
        let letter = unsafe { Box::from_raw(self.0) };
        self.0 = letter.next;
        Some(letter.content)
    }
}

impl<T> Drop for Letters<T> {
    fn drop(&mut self) {
        self.for_each(drop);
    }
}

#[cfg(all(test, loom))]
mod tests {
    use super::*;
    use crate::primitive::Arc;

    #[test]
    fn every_letter_arrives_or_is_refused() {
        loom::model(|| {
            let mailbox = Arc::new(Mailbox::new());
            let senders: Vec<_> = (0..2_usize)
                .map(|letter| {
                    let mailbox = Arc::clone(&mailbox);
                    loom::thread::spawn(move || mailbox.post(Box::new(letter)).is_err())
                })
                .collect();
            let mut arrived: Vec<_> = mailbox.take().chain(mailbox.close()).map(|letter| *letter).collect();
            for (letter, sender) in senders.into_iter().enumerate() {
                if sender.join().unwrap() {
                    arrived.push(letter);
                }
            }
            arrived.sort_unstable();
            assert_eq!(arrived, [0, 1]);
        });
    }
}
