//! A future that keeps its output: a branch of `join!`.
#![allow(missing_docs)] // `pin_project!` takes no documentation of an enum's fields

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

pin_project! {
    /// A future, then its output, then nothing.
    #[derive(Debug)]
    #[project = Projected]
    #[project_replace = Replaced]
    #[must_use = "futures do nothing unless polled"]
    pub enum MaybeDone<F: Future> {
        /// It goes on.
        Waits {
            #[pin]
            future: F,
        },
        /// It has returned.
        Done {
            output: F::Output,
        },
        /// The output has been taken.
        Taken,
    }
}

impl<F: Future> MaybeDone<F> {
    /// A future that has not been polled.
    pub const fn new(future: F) -> Self {
        Self::Waits { future }
    }

    /// Polls the future until it has returned; then does nothing. Whether it has.
    pub fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if let Projected::Waits { future } = self.as_mut().project() {
            let output = std::task::ready!(future.poll(cx));
            // What the future owned is dropped now, not with its siblings.
            self.project_replace(Self::Done { output });
        }
        Poll::Ready(())
    }

    /// The output, once.
    ///
    /// # Panics
    /// When there is none.
    pub fn take(self: Pin<&mut Self>) -> F::Output {
        match self.project_replace(Self::Taken) {
            Replaced::Done { output } => output,
            Replaced::Waits { .. } | Replaced::Taken => panic!("the future has not returned"),
        }
    }
}

impl<T, E, F: Future<Output = Result<T, E>>> MaybeDone<F> {
    /// The error, if the future has returned one.
    pub fn take_error(mut self: Pin<&mut Self>) -> Option<E> {
        match self.as_mut().project() {
            Projected::Done { output: Err(_) } => self.take().err(),
            _ => None,
        }
    }

    /// What the future has returned, which is no error.
    ///
    /// # Panics
    /// When there is none.
    pub fn take_success(self: Pin<&mut Self>) -> T {
        match self.take() {
            Ok(success) => success,
            Err(_) => panic!("the future has returned an error"),
        }
    }
}
