//! The errors of this module.

use std::{error, fmt, io};

/// The error of a [`timeout`](super::timeout()): its deadline was reached before the future was ready.
#[derive(Debug, PartialEq, Eq)]
pub struct Elapsed(());

impl Elapsed {
    pub(super) const fn new() -> Self {
        Self(())
    }
}

impl fmt::Display for Elapsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("deadline has elapsed")
    }
}

impl error::Error for Elapsed {}

impl From<Elapsed> for io::Error {
    fn from(elapsed: Elapsed) -> Self {
        Self::new(io::ErrorKind::TimedOut, elapsed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_becomes_an_io_error() {
        let error = io::Error::from(Elapsed::new());
        assert_eq!((error.kind(), error.to_string()), (io::ErrorKind::TimedOut, "deadline has elapsed".into()));
        assert_eq!(error.downcast::<Elapsed>().unwrap(), Elapsed::new());
    }
}
