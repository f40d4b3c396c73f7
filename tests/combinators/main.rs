//! Several futures within one task.

mod select;
