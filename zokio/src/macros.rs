//! Waiting for several futures at once.

#[doc(hidden)]
pub use crate::future::maybe_done::MaybeDone;
#[doc(hidden)]
pub use crate::future::select::{nothing_selected, select, select_branch};
#[doc(hidden)]
pub use crate::future::together::{
    join1, join2, join3, join4, join5, join6, join7, join8, try_join1, try_join2, try_join3, try_join4, try_join5,
    try_join6, try_join7, try_join8,
};

/// Polls several futures within the same task until all have returned: a tuple of their outputs.
///
/// They run concurrently but not in parallel, all on one thread at a time: to have them run on several workers,
/// [`spawn`](crate::spawn) them and join the handles. Each wake polls all that have not returned, in the order in which they are written.
///
/// ```
/// #[zokio::main(report = off)]
/// async fn main() {
///     let (one, two) = zokio::join!(async { 1 }, zokio::spawn(async { 2 }));
///     assert_eq!((one, two.unwrap()), (1, 2));
/// }
/// ```
///
/// # Cancel safety
/// Dropping it drops every branch.
#[macro_export]
macro_rules! join {
    () => {
        $crate::future::ready(()).await
    };
    // As in tokio, where the order is not fixed without it.
    (biased; $($future:expr),* $(,)?) => {
        $crate::join!($($future),*)
    };
    // Each branch gets a name of its own by hygiene: the `future` of every step is another one.
    (@pin [$($pinned:ident)*] $head:expr $(, $tail:expr)*) => {{
        let mut future = ::core::pin::pin!($crate::macros::MaybeDone::new($head));
        $crate::join!(@pin [$($pinned)* future] $($tail),*)
    }};
    (@pin [$($pinned:ident)+]) => {
        $crate::future::poll_fn(|cx| {
            let mut all = true;
            $(all &= $pinned.as_mut().poll(cx).is_ready();)+
            if all {
                ::core::task::Poll::Ready(($($pinned.as_mut().take(),)+))
            } else {
                ::core::task::Poll::Pending
            }
        })
        .await
    };
    ($($future:expr),+ $(,)?) => {
        $crate::join!(@pin [] $($future),+)
    };
}

/// Polls several futures that return a `Result` within the same task, until all have succeeded or one has failed: a tuple
/// of what they returned, or the first error.
///
/// As soon as one fails, the others are not polled again, and dropped.
///
/// ```
/// use std::io;
///
/// #[zokio::main(report = off)]
/// async fn main() {
///     let sum = async || {
///         let (one, two) = zokio::try_join!(async { Ok(1) }, async { Err::<i32, _>(io::Error::other("lost")) })?;
///         io::Result::Ok(one + two)
///     };
///     assert_eq!(sum().await.unwrap_err().to_string(), "lost");
/// }
/// ```
///
/// # Cancel safety
/// Dropping it drops every branch.
#[macro_export]
macro_rules! try_join {
    () => {
        ::core::result::Result::Ok(())
    };
    (biased; $($future:expr),* $(,)?) => {
        $crate::try_join!($($future),*)
    };
    (@pin [$($pinned:ident)*] $head:expr $(, $tail:expr)*) => {{
        let mut future = ::core::pin::pin!($crate::macros::MaybeDone::new($head));
        $crate::try_join!(@pin [$($pinned)* future] $($tail),*)
    }};
    (@pin [$($pinned:ident)+]) => {
        $crate::future::poll_fn(|cx| {
            let mut all = true;
            $(
                if $pinned.as_mut().poll(cx).is_pending() {
                    all = false;
                } else if let ::core::option::Option::Some(error) = $pinned.as_mut().take_error() {
                    return ::core::task::Poll::Ready(::core::result::Result::Err(error));
                }
            )+
            if all {
                ::core::task::Poll::Ready(::core::result::Result::Ok(($($pinned.as_mut().take_success(),)+)))
            } else {
                ::core::task::Poll::Pending
            }
        })
        .await
    };
    ($($future:expr),+ $(,)?) => {
        $crate::try_join!(@pin [] $($future),+)
    };
}

/// Pins local variables: each becomes a `Pin<&mut _>` of itself. With `let`, what a variable is made of.
///
/// ```
/// use zokio::time::{Duration, sleep};
///
/// async fn twice() {
///     let first = async {};
///     zokio::pin!(first);
///     first.as_mut().await;
///     zokio::pin! {
///         let second = sleep(Duration::from_millis(1));
///     }
///     (&mut second).await;
/// }
/// # let _ = twice();
/// ```
#[macro_export]
macro_rules! pin {
    ($($variable:ident),* $(,)?) => {
        $(
            #[allow(unused_mut)]
            let mut $variable = ::core::pin::pin!($variable);
        )*
    };
    ($(let $variable:ident = $value:expr;)*) => {
        $(
            #[allow(unused_mut)]
            let mut $variable = ::core::pin::pin!($value);
        )*
    };
}
