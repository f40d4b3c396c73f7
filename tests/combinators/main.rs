//! Several futures within one task.

mod ext;
mod select;
