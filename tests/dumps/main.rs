//! What tasks wait for, as `task::dump` and handles tell it.

#![allow(missing_docs)]

mod chain;
mod elsewhere;
mod many_workers;
mod one_worker;
mod support;
