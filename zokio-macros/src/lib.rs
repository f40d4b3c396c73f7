//! The macros of zokio. Use them through `zokio`, which re-exports them: expansions name `::zokio`.
//!
//! Each of the three makes a runtime for the item below it: [`runtime`](macro@runtime) of a struct or an entry point,
//! [`main`](macro@main) of an entry point, [`test`](macro@test) of a test. They take the same keys; the table is at
//! [`runtime`](macro@runtime).

mod compiler;
mod derive;
mod diagnostics;
mod future;
mod names;
mod report;
mod runtime;
mod select;
#[cfg(test)]
mod tests;
mod variable;

use proc_macro::TokenStream;

use self::names::Kind;
use self::report::Build;

/// A runtime for this program, generated from what is said here.
///
/// On a unit struct it makes the struct a runtime:
///
/// ```
/// #[zokio::runtime(workers = 2, io = uring)]
/// pub struct App;
///
/// fn main() -> std::io::Result<()> {
///     let app = App::new()?;
///     let answer = app.block_on(async { 42 });
///     println!("{answer}\n{}", App::OPTIMIZATION_REPORT);
///     Ok(())
/// }
/// ```
///
/// The struct has `new`, `block_on`, `spawn`, `spawn_local`, `spawn_blocking`, `handle` and `shutdown_timeout`, and the
/// constants `PLATFORM`, `MEMORY_LAYOUT`, `PERFORMANCE_CHARACTERISTICS` and `OPTIMIZATION_REPORT`. It belongs to the thread
/// that made it (it is neither `Send` nor `Sync`); its `handle` is for other threads. Dropping it shuts it down. One program
/// may have several, on different threads.
///
/// On an `async fn` it makes the function an ordinary one that starts a runtime, drives the body to its end, shuts the
/// runtime down and returns what the body returned:
///
/// ```
/// #[zokio::runtime(workers = 4)]
/// async fn main() -> std::io::Result<()> {
///     Ok(())
/// }
/// ```
///
/// When such a runtime cannot start, the program prints why and ends with code 1.
///
/// # Keys
///
/// Each is `key = value`; words may be strings as well. What is not said has the default. Keys that contradict each other do
/// not compile.
///
/// | key | values | default | meaning, and what it changes in the generated code |
/// |---|---|---|---|
/// | `workers` | 1 to 1024, `auto` | `auto`; for tests 1 | The threads that run tasks. 1: the thread in `block_on` is the worker; the scheduler is `OneWorker` and the queue `LocalQueue`, without stealing and without atomic read-modify-writes on its own path. More: as many threads beside it; `WorkStealing` and `StealQueue`. `auto`: `WorkStealing` with as many as the machine runs at once, asked at start |
/// | `stealing` | `true`, `false` | `true` | Whether a worker without tasks takes half of another's queue: the constant `STEALING`. `true` needs several workers |
/// | `strategy` | `local_first`, `global_first`, `round_robin` | `local_first` | Where a worker looks first, its own queue or the shared inbox: the type `Strategy`. Needs several workers |
/// | `queue_capacity` | a power of two, 2 to 65536 | 256 | Tasks that fit into a worker's own queue; what is more goes to the inbox: `StealQueue<N>`. Needs several workers |
/// | `io` | `auto`, `uring`, `mio`, `none` | `auto` | Who talks to the kernel: the type `Driver`. `uring`: io_uring alone; where the kernel refuses it, `new` says so. `mio`: readiness alone (epoll, kqueue, AFD), no io_uring in the binary. `auto`: on Linux both, chosen at start; elsewhere mio. `none`: no sockets |
/// | `ring_entries` | a power of two, 1 to 32768 | 256 | Submissions that fit into each ring: `Uring<N>`, `Auto<N>`. Needs `io = uring` or `io = auto` |
/// | `memory` | `general` | `general` | Where tasks are allocated: the type `Allocator`. `general`: by the program's global allocator |
/// | `max_task_size` | 1 to 1073741824 | any size | The most bytes that a task's future may have: the constant `MAX_TASK_SIZE`. A larger one that is given to the struct's `spawn` or `spawn_local` fails the build; given to a free function or a handle, which find their runtime when they are called, it panics there. Both say the real size, the latter also which slots of a machine are the largest |
/// | `blocking_threads` | 1 to 4096 | 512 | The most threads that `spawn_blocking` starts: the constant `BLOCKING_THREADS` |
/// | `timer_resolution` | `"1us"` to `"1s"` | `"1ms"` | The steps of the timer. A timer fires at the first step that is not before its time: `Wheel<NANOSECONDS>` |
/// | `thread_name` | a string, not empty | `"zokio-worker"` | What the names of the runtime's threads begin with: the constant `THREAD_NAME` |
/// | `report` | `off`, `file`, `note` | `file` | Where the report goes, besides `OPTIMIZATION_REPORT`. `file`: to `<target>/zokio/<package>/<crate>-<item>.json` and `.txt`, which `cargo zokio report` prints. `note`: to the file, and as a warning of the compiler at this key (an error, where a crate denies warnings) |
/// | `crate` | a path, also as a string | `::zokio` | What the expansion names, where zokio has another name |
///
/// `memory_limit`, `max_allocation`, `numa`, `simd`, `prefetch`, `cache_line`, `stats` and `trace`, `io = stub`, and the
/// values `adaptive`, `arena`, `fixed` and `stack` of `memory` are known and refused: what they mean is not built yet.
///
/// # Errors
///
/// All faults of an attribute are shown at once, each at the key, value or item that has to change, with what to write
/// instead.
#[proc_macro_attribute]
pub fn runtime(arguments: TokenStream, item: TokenStream) -> TokenStream {
    runtime::expand(Kind::Runtime, arguments.into(), item.into(), &Build::current()).into()
}

/// A runtime for this program's entry point: [`runtime`](macro@runtime) on an `async fn`, under the name that people know.
///
/// ```
/// #[zokio::main]
/// async fn main() -> std::io::Result<()> {
///     Ok(())
/// }
/// ```
///
/// It takes the keys of [`runtime`](macro@runtime#keys), and tokio's, so that code moves by changing its imports:
///
/// | key | values | meaning |
/// |---|---|---|
/// | `flavor` | `"current_thread"`, `"multi_thread"` | One worker, or several: `workers = 1`, or `workers = auto` |
/// | `worker_threads` | as `workers` | Another name for `workers`. With `flavor = "multi_thread"`, 1 is a thread beside the one in `main`, as in tokio |
/// | `start_paused` | `false` | `true` is refused: the clock cannot be paused yet |
#[proc_macro_attribute]
pub fn main(arguments: TokenStream, item: TokenStream) -> TokenStream {
    runtime::expand(Kind::Main, arguments.into(), item.into(), &Build::current()).into()
}

/// A runtime for one test. It has one worker unless `workers` says otherwise, so that a test runs alike each time.
///
/// ```
/// #[zokio::test]
/// async fn adds() {
///     let sum = zokio::spawn(async { 1 + 2 }).await.unwrap();
///     assert_eq!(sum, 3);
/// }
/// ```
///
/// It takes the keys of [`main`](macro@main). The test fails when its runtime cannot start.
#[proc_macro_attribute]
pub fn test(arguments: TokenStream, item: TokenStream) -> TokenStream {
    runtime::expand(Kind::Test, arguments.into(), item.into(), &Build::current()).into()
}

/// A future that is an explicit poll state machine: like `async move { .. }`, with states that have names.
///
/// ```
/// use zokio::StateMachine;
///
/// let name = String::from("zokio");
/// let future = zokio::async_block! {
///     std::future::ready(()).await;
///     name.len()
/// };
/// assert_eq!(future.state().name, "Unresumed");
/// # let waker = std::task::Waker::noop();
/// # let future = std::pin::pin!(future);
/// # assert!(matches!(std::future::Future::poll(future, &mut std::task::Context::from_waker(waker)), std::task::Poll::Ready(5)));
/// ```
///
/// What the block uses of the locals around it moves into the machine. The macro finds these captures: names that begin with
/// a small letter, that the block does not bind and does not call. Where that is wrong (a closure that is called, a function or a
/// static by a small name), a list says it:
///
/// ```
/// let double = |x: u32| 2 * x;
/// let future = zokio::async_block!([double] {
///     let x = std::future::ready(3).await;
///     double(x)
/// });
/// # drop(future);
/// ```
///
/// The [lints](macro@async_fn#lints) are switched off by an inner attribute at the head, before the list:
/// `async_block! { #![allow(large_slot)] .. }`.
///
/// All else is as at [`async_fn`](macro@async_fn).
#[proc_macro]
pub fn async_block(body: TokenStream) -> TokenStream {
    future::async_block(body.into()).into()
}

/// Waits for several futures within one task, until the first of them is ready; what the others have not done is dropped.
///
/// ```
/// use std::time::Duration;
/// use zokio::time::sleep;
///
/// #[zokio::main(flavor = "current_thread", report = off)]
/// async fn main() {
///     let answer = zokio::spawn(async { Some(42) });
///     let found = zokio::select! {
///         Ok(Some(answer)) = answer => answer,
///         () = sleep(Duration::from_secs(60)) => 0,
///     };
///     assert_eq!(found, 42);
/// }
/// ```
///
/// A branch is `pattern = future, if condition => handler`; the condition may be left out. Syntax and semantics are tokio's:
///
/// - First all conditions are evaluated, then all futures are made, also those whose condition is false, which are not polled.
/// - The branches are polled from one on that is chosen at random, so that none is always the last; with `biased;` in front in the order in which they
///   are written.
/// - Where a future is ready whose output the pattern does not match, its branch is out, and the others go on.
/// - When a branch is selected, all futures are dropped, and then its handler runs. It may await, `break`, `continue`, `return` and use `?`.
/// - `else => handler`, the last one, runs when no branch is left.
///
/// # Cancel safety
/// What has not been selected is dropped: in a loop, `&mut future` of one that is pinned outside goes on, and what a future has done so far is lost if it is
/// not cancel safe itself.
///
/// # Panics
/// When no branch is left and there is no `else`.
#[proc_macro]
pub fn select(branches: TokenStream) -> TokenStream {
    select::expand(branches.into()).into()
}

/// An `async fn` whose future is an explicit poll state machine.
///
/// ```
/// use std::io;
/// use zokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
/// use zokio::StateMachine;
///
/// #[zokio::async_fn]
/// async fn copy<R: AsyncRead + Unpin, W: AsyncWrite + Unpin>(from: &mut R, to: &mut W) -> io::Result<u64> {
///     let mut buffer = [0; 1024];
///     let mut total = 0;
///     loop {
///         let count = from.read(&mut buffer).await?;
///         if count == 0 {
///             return Ok(total);
///         }
///         to.write_all(&buffer[..count]).await?;
///         total += count as u64;
///     }
/// }
///
/// # #[zokio::main(report = off)]
/// # async fn main() {
/// let (mut from, mut to): (&[u8], _) = (b"hello", Vec::new());
/// let future = copy(&mut from, &mut to);
/// assert_eq!(future.state().name, "Unresumed");
/// assert_eq!(future.await.unwrap(), 5);
/// # }
/// ```
///
/// It stands on free functions and on methods, of traits too. The body means what it means natively: results, side
/// effects, the number of polls, what is dropped when. (This is a preview: where drop times and the choice of a method still
/// differ, ARCHITECTURE.md says.) Only the future is another: a [`StateMachine`] whose states are named after what they await, and
/// whose size is that of what an await holds. An argument that is passed on is not kept twice.
///
/// rustc checks the original body; nothing is accepted here that is wrong there.
///
/// A function of a trait's `impl` that awaits what borrows of several arguments, or of one that it owns, is rustc's machine where their types have parameters: no
/// lifetime of its signature could be that of such a borrow. `machine = explicit` insists.
///
/// | key | values | default | meaning |
/// |---|---|---|---|
/// | `machine` | `explicit`, `rustc` | `explicit`; see below | Whose machine it is. `rustc`: the compiler's own coroutine, for a body that cannot be an explicit one, with the same trait and the same names of states, but for those within the arms of a `select!` |
/// | `max_size` | a whole number of bytes | no limit | The most bytes that the future may have; a larger one does not build, and says its size and its three largest slots (`cargo check`, which knows no sizes, lets it pass) |
/// | `allow(..)` | names of lints | none | The lints that are switched off for this body; see below. Not beside `machine = rustc` |
///
/// # Debug builds
///
/// Machines take a debug build about three times as long as native `async` does. While a program is written, rustc's coroutines can stand for them:
///
/// ```toml
/// # .cargo/config.toml
/// [env]
/// ZOKIO_DEBUG = "coroutines"
/// ```
///
/// Where the compiler does not optimise, functions are then compiled as if they said `machine = rustc`; those that say `machine = explicit`, and
/// blocks, remain machines. Optimised builds are as ever, and what differs is sizes (some words more than native `async` has), what `LAYOUT` and
/// [`State`] tell of them, and where `task::dump()` ends; into the arms of `select!` nobody looks; budgets are not asked, and a method's future cannot be
/// reset. Where the variable changes, cargo compiles again what has such a function.
///
/// # Lints
///
/// rustc warns of what is wrong in an async body although it compiles:
///
/// | lint | warns of |
/// |---|---|
/// | `blocking_call` | A call of std's that blocks the thread: functions of `std::thread` (`sleep`, `park`), `std::fs`, `std::net`; methods of files, sockets, `Stdin`, `Command`, `Child`, `JoinHandle`, `Condvar`, `Barrier`, `mpsc::Receiver`; in loops `Mutex::lock`, `RwLock::read` and `RwLock::write` |
/// | `await_holding_lock` | A guard of a lock of std's that is held across an await, be it a local or a temporary; both lines are named |
/// | `await_holding_refcell_ref` | A `Ref` or `RefMut` of a `RefCell`, likewise |
/// | `large_slot` | An array above 1 KiB that is held across an await, where its type or its length is written |
///
/// ```
/// use std::sync::Mutex;
///
/// #[zokio::async_fn(allow(await_holding_lock))] // Nobody else locks it on this thread.
/// async fn count(mutex: &Mutex<u32>) {
///     let mut guard = mutex.lock().unwrap();
///     *guard += std::future::ready(1).await;
/// }
/// # drop(count(&Mutex::new(0)));
/// ```
///
/// The type decides, never the name alone: a local `sleep`, a module `fs`, a `lock` of another type are not warned of. Closures and
/// `async` blocks within are other bodies. Silent by design: what is renamed (`use std::fs::read as slurp`), a call in a macro that is not
/// std's, and a call whose result is awaited.
///
/// The warnings are rustc's lint `deprecated`, the only one that a macro can raise at a place of yours. So `#![allow(deprecated)]` in a crate, or
/// `#[allow(deprecated)]` on the function, silences all of them, and `#![deny(warnings)]` makes errors of them.
///
/// # Errors
///
/// What cannot be a machine is refused where it is written, with what to write instead: an await in the guard of alternatives, in a
/// later link of a chain of `let`s, or among arguments that are no list of expressions of a macro that formats.
///
/// Chains of more than twenty or so awaited functions may meet rustc's limit ("queries overflow the depth limit"), which native ones meet with
/// thirty: `#![recursion_limit = "256"]` in the crate.
///
/// What is moved out of a closure that is not `move`, and recursion without a box that is awaited where it is made, rustc refuses; and the
/// `return` of a macro that awaits where the function's output is not named, or in what a function is given that calls itself.
///
/// # Panics
///
/// When the future is polled after its end.
///
/// [`StateMachine`]: https://docs.rs/zokio/latest/zokio/trait.StateMachine.html
/// [`State`]: https://docs.rs/zokio/latest/zokio/struct.State.html
#[proc_macro_attribute]
pub fn async_fn(arguments: TokenStream, item: TokenStream) -> TokenStream {
    future::async_fn(arguments.into(), item.into()).into()
}

/// A state machine whose states are written by hand: an enum whose variants are the states, each with its data and at most one future.
///
/// ```
/// use std::future::Ready;
/// use zokio::{Machine, StateMachine};
///
/// /// Asks until there are enough answers.
/// #[derive(StateMachine)]
/// #[state_machine(start = Asking, output = Result<u32, String>)]
/// enum Survey {
///     #[state(to(Asking, Done, Refused))]
///     Asking {
///         #[future]
///         answer: Ready<Option<u32>>,
///         sum: u32,
///     },
///     #[state(end)]
///     Done(u32),
///     #[state(failed)]
///     Refused { sum: u32 },
/// }
///
/// impl Survey {
///     fn on_asking(answer: Option<u32>, sum: u32) -> SurveyAfterAsking {
///         match answer {
///             None => SurveyAfterAsking::Refused { sum },
///             Some(more) if sum + more >= 10 => SurveyAfterAsking::Done(sum + more),
///             Some(more) => SurveyAfterAsking::Asking { answer: std::future::ready(Some(7)), sum: sum + more },
///         }
///     }
///
///     fn on_done(sum: u32) -> Result<u32, String> {
///         Ok(sum)
///     }
///
///     fn on_refused(sum: u32) -> Result<u32, String> {
///         Err(format!("refused at {sum}"))
///     }
/// }
///
/// # #[zokio::main(report = off)]
/// # async fn main() {
/// let survey: Machine<Survey> = Survey::start(std::future::ready(Some(4)), 0);
/// assert_eq!(survey.state().name, "Asking");
/// assert_eq!(survey.await, Ok(11));
/// # }
/// ```
///
/// The enum is what the machine holds; the machine itself is a `Machine<Survey>`, a future and a [`StateMachine`]. The derive writes:
///
/// - `Survey::start(..)`, which makes the machine of the fields of its first state, in their order.
/// - For each state that is no end an enum of what may follow it, `SurveyAfterAsking`: a variant for each declared transition, with the fields
///   of the state that it leads to. It has the parameters of the enum.
/// - The future, which polls the `#[future]` of the state in which the machine stands. Once that is ready, it is dropped; the data moves out,
///   and the state's function is called, as is that of the next state, until there is one whose future is not ready.
///
/// # Functions
///
/// Every state has a function, named `on_` and the state's name in snake case, which the user writes: an associated function of the enum, of
/// whatever visibility. Its arguments are the output of the state's future, if it has one, and then the other fields in their order. It returns
/// the enum of what may follow; that of an end returns the machine's output. A state without a future calls it at once. A transition that is not
/// declared has no variant, so it is an error of types; one that is declared and never taken is a warning of the
/// compiler's, unless others may take it because the enum is exported.
///
/// # Attributes
///
/// | on | attribute | meaning |
/// |---|---|---|
/// | the enum | `#[state_machine(start = State)]` | The state in which it begins. It has to be said |
/// | | `#[state_machine(output = Type)]` | What it returns; `()`, where nothing is said |
/// | | `#[state_machine(report = off)]` | No report; else `file`, the default |
/// | | `#[state_machine(crate = path)]` | What the expansion names, where zokio has another name |
/// | a variant | `#[state(to(State, ..))]` | The states that may follow |
/// | | `#[state(end)]` | The machine returns here |
/// | | `#[state(failed)]` | The machine returns here, and `is_failed` is true afterwards |
/// | a field | `#[future]` | The future that the state waits for |
///
/// # Futures
///
/// A field has a type, so the future's has to have a name: that of `Sleep` or of `JoinHandle`, a `Pin<Box<dyn Future<Output = T> + Send>>`, or a
/// parameter of the enum. What the functions need to know of a parameter is a bound of the enum's (`enum Retry<F: Future<Output = u32>>`). The
/// future may be one that must not be moved: it is pinned with the machine. So the enum implements neither `Drop` nor `Unpin`.
///
/// # Report
///
/// The graph goes beside the build's output: as a tree of text into `<target>/zokio/<package>/<crate>-<enum>.txt`, as data into `.json`, which
/// `cargo zokio report` prints, and into `.dot` for Graphviz.
///
/// # Errors
///
/// All faults of a machine are shown at once, each at its place: a transition to a state that there is not, a state that is never reached, one
/// that never leads to an end, a second future, unknown keys and words. An `on_*` that is missing, or has other arguments, is shown at its state.
///
/// # Panics
///
/// When the machine is polled after its end. A panic of a function, of a future or of a destructor goes on to whoever polls: what the machine
/// held is dropped, its state is `Poisoned`, and polling it again panics. `reset` starts it again.
///
/// # Cancel safety
///
/// A machine that is dropped drops the state in which it stands.
///
/// [`StateMachine`]: https://docs.rs/zokio/latest/zokio/trait.StateMachine.html
#[proc_macro_derive(StateMachine, attributes(state_machine, state, future))]
pub fn state_machine(item: TokenStream) -> TokenStream {
    derive::expand(item.into(), &Build::current()).into()
}
