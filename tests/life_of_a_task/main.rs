//! The life of a task, step by step, as traces: what happened is compared as a whole with what should.

mod abort;
mod budget;
mod cooperate;
mod identity;
mod join_set;
mod nested;
mod oneshot;
mod panic;
mod park;
mod shutdown;
mod spawn;
mod steal;
mod task_local;
mod wake;
