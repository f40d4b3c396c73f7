//! The bodies as the compiler's own coroutines.

macro_rules! compiled {
    ($($item:item)*) => { $($item)* };
}

#[path = "bodies/mod.rs"]
pub(super) mod bodies;
