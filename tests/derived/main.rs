//! `#[derive(StateMachine)]`: machines whose states are written by hand.

#![allow(missing_docs)]

mod drops;
mod ends;
mod generic;
mod panics;
mod reset;
mod runtime;
mod shapes;
mod sizes;
mod states;
mod support;
