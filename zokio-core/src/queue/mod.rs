//! Queues of tasks that are ready to be polled: one's own, the one that others may steal from, and the one for everybody.

pub(crate) mod inbox;
pub(crate) mod run;
pub mod steal;

pub use run::LocalQueue;
pub use steal::StealQueue;
