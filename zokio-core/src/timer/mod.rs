//! temporary
pub use std::time::Instant;
pub trait Timer {
    fn next_deadline(&self) -> Option<Instant>;
    fn fire(&self, now: Instant) -> usize;
    fn shutdown(&self);
}
#[derive(Debug, Default)]
pub struct W;
impl Timer for W {
    fn next_deadline(&self) -> Option<Instant> {
        None
    }
    fn fire(&self, _: Instant) -> usize {
        0
    }
    fn shutdown(&self) {}
}
