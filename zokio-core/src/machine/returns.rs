//! What a function returns, as a type: `!` has no other name in stable Rust.

/// A type of functions.
pub trait Returns {
    /// What they return.
    type Type;
}

impl<R> Returns for fn() -> R {
    type Type = R;
}
