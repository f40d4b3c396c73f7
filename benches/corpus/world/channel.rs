//! A bounded channel for one thread.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use super::{Error, Pace, World};

const CAPACITY: usize = 16;

/// Puts things in.
#[derive(Debug, Clone)]
pub struct Sender<T> {
    queue: Rc<RefCell<VecDeque<T>>>,
    pace: Pace,
}

/// Takes things out.
#[derive(Debug)]
pub struct Receiver<T> {
    queue: Rc<RefCell<VecDeque<T>>>,
    pace: Pace,
}

impl World {
    /// A channel; what `items` has is in it already.
    pub fn channel<T>(&self, items: impl IntoIterator<Item = T>) -> (Sender<T>, Receiver<T>) {
        let queue: Rc<RefCell<VecDeque<T>>> = Rc::new(RefCell::new(items.into_iter().collect()));
        (Sender { queue: queue.clone(), pace: self.pace() }, Receiver { queue, pace: self.pace() })
    }

    /// A receiver whose senders are gone already.
    pub fn received<T>(&self, items: impl IntoIterator<Item = T>) -> Receiver<T> {
        self.channel(items).1
    }
}

impl<T> Sender<T> {
    /// Waits for room.
    pub fn send(&mut self, item: T) -> Send<'_, T> {
        Send { sender: self, item: Some(item) }
    }

    /// What was sent is thrown away: as if somebody had received it.
    #[must_use]
    pub fn emptied(self) -> Self {
        self.queue.borrow_mut().clear();
        self
    }
}

impl<T> Receiver<T> {
    /// The next item; none when all senders are gone.
    pub fn recv(&mut self) -> Recv<'_, T> {
        Recv(self)
    }
}

/// See [`Sender::send`].
#[derive(Debug)]
pub struct Send<'c, T> {
    sender: &'c mut Sender<T>,
    item: Option<T>,
}

impl<T> Unpin for Send<'_, T> {}

impl<T> Future for Send<'_, T> {
    type Output = Result<(), Error>;

    #[inline(never)]
    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        if Rc::strong_count(&this.sender.queue) == 1 {
            return Poll::Ready(Err(Error::Closed));
        }
        let mut queue = this.sender.queue.borrow_mut();
        if !this.sender.pace.ready() || queue.len() >= CAPACITY {
            return Poll::Pending;
        }
        queue.extend(this.item.take());
        Poll::Ready(Ok(()))
    }
}

/// See [`Receiver::recv`].
#[derive(Debug)]
pub struct Recv<'c, T>(&'c mut Receiver<T>);

impl<T> Future for Recv<'_, T> {
    type Output = Option<T>;

    #[inline(never)]
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<T>> {
        if !self.0.pace.ready() {
            return Poll::Pending;
        }
        match self.0.queue.borrow_mut().pop_front() {
            Some(item) => Poll::Ready(Some(item)),
            None if Rc::strong_count(&self.0.queue) == 1 => Poll::Ready(None),
            None => Poll::Pending,
        }
    }
}
