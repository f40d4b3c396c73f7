//! A set of tasks, whose outputs come in the order in which they end.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker, ready};

use futures_util::stream::{FuturesUnordered, Stream};
use zokio_core::handle::Handle;

use super::{AbortHandle, Id, JoinError, JoinHandle, coop, spawn, spawn_blocking, spawn_local};

/// A set of tasks that return the same type: their outputs come out in the order in which the tasks end.
///
/// Dropping the set aborts all tasks in it.
///
/// ```
/// use zokio::task::JoinSet;
///
/// #[zokio::main(flavor = "current_thread", report = off)]
/// async fn main() {
///     let mut set = JoinSet::new();
///     for number in 0..10 {
///         set.spawn(async move { number * number });
///     }
///     let mut sum = 0;
///     while let Some(square) = set.join_next().await {
///         sum += square.unwrap();
///     }
///     assert_eq!(sum, 285);
/// }
/// ```
pub struct JoinSet<T> {
    tasks: FuturesUnordered<Member<T>>,
}

/// A task of a set: it is aborted when the set drops it.
struct Member<T> {
    /// None: the set lets go of it.
    handle: Option<JoinHandle<T>>,
}

impl<T> JoinSet<T> {
    /// An empty set.
    #[must_use]
    pub fn new() -> Self {
        Self { tasks: FuturesUnordered::new() }
    }

    /// How many tasks there are, those included that have ended and were not joined.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tasks.len()
    }

    /// Whether there is no task.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tasks.is_empty()
    }
}

impl<T: 'static> JoinSet<T> {
    /// Spawns a task of the set: see [`task::spawn`](spawn).
    ///
    /// # Panics
    /// Outside of a runtime.
    #[track_caller]
    pub fn spawn<F>(&mut self, future: F) -> AbortHandle
    where
        F: Future<Output = T> + Send + 'static,
        T: Send,
    {
        self.insert(spawn(future))
    }

    /// Spawns a task of the set on a given runtime.
    pub fn spawn_on<F>(&mut self, future: F, handle: &Handle) -> AbortHandle
    where
        F: Future<Output = T> + Send + 'static,
        T: Send,
    {
        self.insert(handle.spawn(future))
    }

    /// Spawns a task of the set that stays on this thread: see [`task::spawn_local`](spawn_local).
    ///
    /// # Panics
    /// Outside of a runtime.
    #[track_caller]
    pub fn spawn_local<F>(&mut self, future: F) -> AbortHandle
    where
        F: Future<Output = T> + 'static,
    {
        self.insert(spawn_local(future))
    }

    /// Runs a closure that blocks as a task of the set: see [`task::spawn_blocking`](spawn_blocking). Aborting it cancels it only if it has
    /// not begun.
    ///
    /// # Panics
    /// Outside of a runtime.
    #[track_caller]
    pub fn spawn_blocking<F>(&mut self, f: F) -> AbortHandle
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send,
    {
        self.insert(spawn_blocking(f))
    }

    /// Runs a closure that blocks as a task of the set, on a given runtime.
    pub fn spawn_blocking_on<F>(&mut self, f: F, handle: &Handle) -> AbortHandle
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send,
    {
        self.insert(handle.spawn_blocking(f))
    }

    fn insert(&self, handle: JoinHandle<T>) -> AbortHandle {
        let abort = handle.abort_handle();
        self.tasks.push(Member { handle: Some(handle) });
        abort
    }

    /// Waits until one of the tasks has ended, and returns its output; `None`: the set is empty.
    ///
    /// # Errors
    /// When the task has panicked or was aborted.
    ///
    /// # Cancel safety
    /// Dropping the future takes no task out of the set.
    pub async fn join_next(&mut self) -> Option<Result<T, JoinError>> {
        poll_fn(|context| self.poll_join_next(context)).await
    }

    /// The same, with which task it is.
    ///
    /// # Errors
    /// When the task has panicked or was aborted: [`JoinError::id`] says which it is.
    ///
    /// # Cancel safety
    /// Dropping the future takes no task out of the set.
    pub async fn join_next_with_id(&mut self) -> Option<Result<(Id, T), JoinError>> {
        poll_fn(|context| self.poll_join_next_with_id(context)).await
    }

    /// The output of a task that has ended, if there is one.
    ///
    /// # Errors
    /// When the task has panicked or was aborted.
    pub fn try_join_next(&mut self) -> Option<Result<T, JoinError>> {
        let output = self.try_join_next_with_id()?;
        Some(output.map(|(_, output)| output))
    }

    /// The same, with which task it is.
    ///
    /// # Errors
    /// When the task has panicked or was aborted.
    pub fn try_join_next_with_id(&mut self) -> Option<Result<(Id, T), JoinError>> {
        // Who waits for the next one has the set to itself, so there is no waker that would be lost. Nor does it take from the budget: without
        // that it would find nothing.
        let next = pin!(coop::unconstrained(poll_fn(|context| self.poll_join_next_with_id(context))));
        match next.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(output) => output,
            Poll::Pending => None,
        }
    }

    /// Polls for the output of a task that has ended: see [`join_next`](Self::join_next).
    ///
    /// # Errors
    /// As there.
    pub fn poll_join_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, JoinError>>> {
        let output = ready!(self.poll_join_next_with_id(context));
        Poll::Ready(output.map(|output| output.map(|(_, output)| output)))
    }

    /// The same, with which task it is.
    ///
    /// # Errors
    /// As there.
    pub fn poll_join_next_with_id(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<(Id, T), JoinError>>> {
        Pin::new(&mut self.tasks).poll_next(context)
    }

    /// Waits for all tasks: their outputs, in the order in which the tasks end.
    ///
    /// # Panics
    /// When a task has panicked, with what that said, or was aborted. The others are aborted then.
    ///
    /// # Cancel safety
    /// Dropping the future aborts the tasks, and loses the outputs of those that have ended.
    pub async fn join_all(mut self) -> Vec<T> {
        let mut outputs = Vec::with_capacity(self.len());
        while let Some(output) = self.join_next().await {
            match output {
                Ok(output) => outputs.push(output),
                Err(error) => match error.try_into_panic() {
                    Ok(payload) => std::panic::resume_unwind(payload),
                    Err(error) => panic!("a task of a set that is waited for as a whole has no output: {error}"),
                },
            }
        }
        outputs
    }

    /// Aborts all tasks. They are in the set until they are joined.
    pub fn abort_all(&mut self) {
        self.tasks.iter().filter_map(|member| member.handle.as_ref()).for_each(JoinHandle::abort);
    }

    /// Aborts all tasks and waits for their end. What they returned or why they failed is dropped.
    ///
    /// # Cancel safety
    /// Dropping the future leaves those in the set that have not ended.
    pub async fn shutdown(&mut self) {
        self.abort_all();
        while self.join_next().await.is_some() {}
    }

    /// Takes all tasks out of the set: they run on, and nobody gets their outputs.
    pub fn detach_all(&mut self) {
        for mut member in std::mem::take(&mut self.tasks) {
            drop(member.handle.take());
        }
    }
}

impl<T> Future for Member<T> {
    type Output = Result<(Id, T), JoinError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(handle) = &mut self.handle else { return Poll::Pending };
        let id = handle.id();
        let output = ready!(Pin::new(handle).poll(context));
        self.handle = None;
        Poll::Ready(output.map(|output| (id, output)))
    }
}

impl<T> Drop for Member<T> {
    fn drop(&mut self) {
        if let Some(handle) = &self.handle {
            handle.abort();
        }
    }
}

impl<T> Default for JoinSet<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> fmt::Debug for JoinSet<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JoinSet").field("len", &self.len()).finish()
    }
}

/// Spawns a task for each future.
///
/// # Panics
/// Outside of a runtime.
impl<T: Send + 'static, F: Future<Output = T> + Send + 'static> FromIterator<F> for JoinSet<T> {
    fn from_iter<I: IntoIterator<Item = F>>(futures: I) -> Self {
        let mut set = Self::new();
        set.extend(futures);
        set
    }
}

/// Spawns a task for each future.
///
/// # Panics
/// Outside of a runtime.
impl<T: Send + 'static, F: Future<Output = T> + Send + 'static> Extend<F> for JoinSet<T> {
    fn extend<I: IntoIterator<Item = F>>(&mut self, futures: I) {
        for future in futures {
            self.spawn(future);
        }
    }
}
