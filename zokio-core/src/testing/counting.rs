//! Counts allocations in unit tests: a program has one global allocator, so all tests share this one.
#![allow(unsafe_code)] // a global allocator, which counts and passes the call on

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// How many allocations this thread has made.
pub(crate) fn allocations() -> usize {
    ALLOCATIONS.get()
}

/// std's allocator, with a count of what each thread allocates.
struct Counting;

thread_local! {
    // Needs neither an allocation nor a destructor, so the allocator may use it at any time.
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

#[global_allocator]
static COUNTING: Counting = Counting;

// SAFETY: every call is passed on as it is.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
        // SAFETY: forwarded.
        unsafe { System.alloc(layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
        // SAFETY: forwarded.
        unsafe { System.realloc(pointer, layout, size) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: forwarded.
        unsafe { System.dealloc(pointer, layout) }
    }
}
