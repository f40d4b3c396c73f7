//! Small futures and those of several, beside the macros [`join!`](crate::join), [`try_join!`](crate::try_join) and
//! [`select!`](macro@crate::select).

mod ext;
pub(crate) mod maybe_done;
pub(crate) mod select;
pub(crate) mod together;

#[doc(no_inline)]
pub use std::future::{Future, Pending, PollFn, Ready, pending, poll_fn, ready};

#[doc(no_inline)]
pub use futures_util::future::{CatchUnwind, JoinAll, Map, Then, TryJoinAll, join_all, try_join_all};

pub use self::ext::FutureExt;
