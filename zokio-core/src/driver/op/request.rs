//! An operation as plain data: what a completion driver makes a submission of.

use super::{file, stream};

/// What is asked of the kernel. It says nothing of how, and keeps nothing alive: the operation's payload does.
#[derive(Clone, Copy, Debug)]
pub enum Request {
    /// Of a stream socket.
    Stream(stream::Request),
    /// Of a file.
    File(file::Request),
}
