//! Sizes: what the compiler made of the runtime's types.

use std::fmt;

use super::table::{Cell, Row, Rows};
use crate::platform::Platform;

/// The size of one part of a runtime, from `size_of` and `align_of` of the type that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// What it is.
    pub name: &'static str,
    /// Bytes.
    pub size: usize,
    /// Bytes that its address is a multiple of.
    pub align: usize,
    /// How many cache lines ([`Platform::cache_line`]) it takes where it begins with one.
    pub cache_lines: usize,
}

impl Layout {
    /// The layout of `T`.
    ///
    /// ```
    /// use zokio_core::report::Layout;
    ///
    /// const LAYOUT: Layout = Layout::of::<[u64; 3]>("three numbers");
    /// assert_eq!((LAYOUT.size, LAYOUT.align, LAYOUT.cache_lines), (24, align_of::<u64>(), 1));
    /// ```
    #[must_use]
    pub const fn of<T>(name: &'static str) -> Self {
        Self::new(name, size_of::<T>(), align_of::<T>())
    }

    /// A layout of the given size: of a block that is not one type.
    #[must_use]
    pub const fn new(name: &'static str, size: usize, align: usize) -> Self {
        Self { name, size, align, cache_lines: size.div_ceil(Platform::TARGET.cache_line) }
    }
}

impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, size, align, cache_lines } = self;
        write!(f, "{name}: {size} bytes, aligned to {align}, {}", lines(*cache_lines))
    }
}

fn lines(count: usize) -> String {
    format!("{count} cache line{}", if count == 1 { "" } else { "s" })
}

impl Row for Layout {
    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::Left(self.name.to_owned()),
            Cell::Right(format!("{} bytes", self.size)),
            Cell::Right(format!("aligned to {}", self.align)),
            Cell::Right(lines(self.cache_lines)),
        ]
    }
}

/// The sizes of a runtime's parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemoryLayout {
    /// Each part, from the generated struct down to a queue's slots.
    pub entries: &'static [Layout],
}

impl MemoryLayout {
    /// The part of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&'static Layout> {
        self.entries.iter().find(|layout| layout.name == name)
    }
}

impl fmt::Display for MemoryLayout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Rows(self.entries).fmt(f)
    }
}
