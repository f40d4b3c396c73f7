//! Small futures, those of the standard library, beside the macros [`join!`](crate::join) and
//! [`try_join!`](crate::try_join).

pub(crate) mod maybe_done;
pub(crate) mod select;
pub(crate) mod together;

#[doc(no_inline)]
pub use std::future::{Future, Pending, PollFn, Ready, pending, poll_fn, ready};
