//! Slots that are large: by a number that is known where the body is written.

/// Whether a slot is larger than the lint allows.
#[derive(Debug)]
pub struct Size<const LARGE: bool>;

/// It is.
#[derive(Debug)]
pub struct Large;
/// It is not.
#[derive(Debug)]
pub struct Small;

impl Size<true> {
    /// The answer.
    pub const fn answer(self) -> Large {
        Large
    }
}

impl Size<false> {
    /// The answer.
    pub const fn answer(self) -> Small {
        Small
    }
}

impl Small {
    /// Nothing.
    pub const fn held_across_await(self) {}
}
