//! The bodies as explicit state machines.

macro_rules! compiled {
    ($($item:item)*) => { $(#[zokio::async_fn] $item)* };
}

#[path = "bodies/mod.rs"]
pub(super) mod bodies;
