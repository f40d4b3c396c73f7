//! A pool of objects of one type, at addresses that stay.
#![allow(unsafe_code)] // hands out slots of its slabs as pointers

use std::cell::{Cell, RefCell};
use std::fmt;
use std::mem::{ManuallyDrop, MaybeUninit};
use std::ptr::{self, NonNull};

use super::Statistics;

/// The first slab has so many slots, each further one twice as many as the one before.
const FIRST_SLAB: usize = 32;

/// No slab has more slots than this: growing then costs one allocation for so many objects.
const LARGEST_SLAB: usize = 1024;

/// A pool of objects of one type for one thread.
///
/// Objects lie in slabs, which are never moved and are freed with the pool. Vacant slots form a list, the one that was
/// released last in front, because its memory is the likeliest to be in the cache still.
///
/// ```
/// use zokio_core::pool::ObjectPool;
///
/// let pool = ObjectPool::bounded(2);
/// let first = pool.acquire(String::from("first")).unwrap();
/// let _second = pool.acquire(String::from("second")).unwrap();
/// assert_eq!(pool.acquire(String::from("third")).unwrap_err(), "third", "the bound is reached");
///
/// // SAFETY: it came from `acquire` and is not used afterwards.
/// assert_eq!(unsafe { pool.release(first) }, "first");
/// assert_eq!(pool.statistics().outstanding, 1);
/// ```
///
/// Objects that are still acquired when the pool is dropped are not dropped, but their memory is freed.
pub struct ObjectPool<T> {
    /// The slot that was released last.
    vacant: Cell<*mut Slot<T>>,
    /// The part of the newest slab that was never lent.
    fresh: Cell<*mut Slot<T>>,
    fresh_count: Cell<usize>,
    slabs: RefCell<Vec<Slab<T>>>,
    bound: usize,
    created: Cell<u64>,
    reused: Cell<u64>,
    outstanding: Cell<usize>,
}

/// A boxed slice, as a pointer: a `Box` would claim that nobody else points into it.
type Slab<T> = NonNull<[MaybeUninit<Slot<T>>]>;

/// Room for one object; while vacant, the pointer to the slot that was released before it.
union Slot<T> {
    next: *mut Self,
    _object: ManuallyDrop<T>,
}

impl<T> ObjectPool<T> {
    /// A pool without a bound. It allocates nothing before the first object.
    #[must_use]
    pub const fn new() -> Self {
        Self::bounded(usize::MAX)
    }

    /// A pool that lends `bound` objects at a time at most.
    #[must_use]
    pub const fn bounded(bound: usize) -> Self {
        Self {
            vacant: Cell::new(ptr::null_mut()),
            fresh: Cell::new(ptr::null_mut()),
            fresh_count: Cell::new(0),
            slabs: RefCell::new(Vec::new()),
            bound,
            created: Cell::new(0),
            reused: Cell::new(0),
            outstanding: Cell::new(0),
        }
    }

    /// Moves `object` into a slot of the pool, where it stays until [`release`](Self::release) moves it out.
    ///
    /// # Errors
    /// The object comes back when as many are outstanding as the pool lends.
    #[inline]
    pub fn acquire(&self, object: T) -> Result<NonNull<T>, T> {
        if self.outstanding.get() == self.bound {
            return Err(object);
        }
        let slot = match NonNull::new(self.vacant.get()) {
            Some(slot) => {
                // SAFETY: a vacant slot holds the pointer to the next one.
                self.vacant.set(unsafe { (*slot.as_ptr()).next });
                self.reused.set(self.reused.get() + 1);
                slot
            }
            None => self.fresh_slot(),
        };
        let place = slot.cast::<T>();
        // SAFETY: the slot has room for a `T` at its beginning, where all fields of a union begin, and it is ours now.
        unsafe { place.write(object) };
        self.outstanding.set(self.outstanding.get() + 1);
        Ok(place)
    }

    /// A slot that was never lent, of a new slab if need be.
    fn fresh_slot(&self) -> NonNull<Slot<T>> {
        if self.fresh_count.get() == 0 {
            let mut slabs = self.slabs.borrow_mut();
            let count = (FIRST_SLAB << slabs.len().min(16)).min(LARGEST_SLAB);
            let slab = NonNull::from(Box::leak(Box::new_uninit_slice(count)));
            self.fresh.set(slab.as_ptr().cast());
            self.fresh_count.set(count);
            slabs.push(slab);
        }
        self.fresh_count.set(self.fresh_count.get() - 1);
        let slot = self.fresh.get();
        // SAFETY: `fresh_count` slots, one at least, lie at `fresh`: the result is within the slab or at its end.
        self.fresh.set(unsafe { slot.add(1) });
        self.created.set(self.created.get() + 1);
        // SAFETY: it points into a slab.
        unsafe { NonNull::new_unchecked(slot) }
    }

    /// Moves an object out of the pool; its slot is vacant again.
    ///
    /// # Safety
    /// `object` came from [`acquire`](Self::acquire) of this pool, has not been released since, and nobody uses the
    /// pointer any more.
    #[inline]
    pub unsafe fn release(&self, object: NonNull<T>) -> T {
        // SAFETY: by the caller's promise the slot holds an object, and it is read for the last time.
        let value = unsafe { object.read() };
        let slot = object.cast::<Slot<T>>();
        // SAFETY: the slot is vacant now, so it may hold a pointer.
        unsafe { slot.write(Slot { next: self.vacant.get() }) };
        self.vacant.set(slot.as_ptr());
        self.outstanding.set(self.outstanding.get() - 1);
        value
    }

    /// What the pool has done so far.
    #[must_use]
    pub const fn statistics(&self) -> Statistics {
        Statistics { created: self.created.get(), reused: self.reused.get(), outstanding: self.outstanding.get() }
    }
}

impl<T> Default for ObjectPool<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Drop for ObjectPool<T> {
    fn drop(&mut self) {
        for slab in self.slabs.get_mut().drain(..) {
            // SAFETY: the slab was a box, and nobody else frees it.
            drop(unsafe { Box::from_raw(slab.as_ptr()) });
        }
    }
}

impl<T> fmt::Debug for ObjectPool<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ObjectPool").field("statistics", &self.statistics()).finish_non_exhaustive()
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use std::collections::HashSet;
    use std::rc::Rc;

    use super::*;

    #[test]
    fn the_slot_released_last_is_lent_first() {
        let pool = ObjectPool::new();
        let (a, b) = (pool.acquire(1).unwrap(), pool.acquire(2).unwrap());
        // SAFETY: both are acquired and not used again.
        assert_eq!(unsafe { pool.release(a) }, 1);
        // SAFETY: as above.
        assert_eq!(unsafe { pool.release(b) }, 2);
        assert_eq!((pool.acquire(3).unwrap(), pool.acquire(4).unwrap()), (b, a));
        assert_eq!(pool.statistics(), Statistics { created: 2, reused: 2, outstanding: 2 });
    }

    #[test]
    fn objects_stay_where_they_are_while_the_pool_grows() {
        let pool = ObjectPool::new();
        let objects: Vec<_> = (0..5000_usize).map(|n| pool.acquire(Box::new(n)).unwrap()).collect();
        assert_eq!(objects.iter().collect::<HashSet<_>>().len(), objects.len(), "no slot is lent twice");
        for (n, object) in objects.iter().enumerate() {
            // SAFETY: it is acquired.
            assert_eq!(**unsafe { object.as_ref() }, n);
        }
        for (n, object) in objects.into_iter().enumerate() {
            // SAFETY: it is acquired and not used again.
            assert_eq!(*unsafe { pool.release(object) }, n);
        }
        assert_eq!(pool.statistics(), Statistics { created: 5000, reused: 0, outstanding: 0 });
    }

    #[test]
    fn the_bound_holds_and_the_object_comes_back() {
        let pool = ObjectPool::bounded(1);
        let only = pool.acquire("only").unwrap();
        assert_eq!(pool.acquire("other"), Err("other"));
        // SAFETY: it is acquired and not used again.
        unsafe { pool.release(only) };
        assert_eq!(pool.acquire("other").unwrap(), only);
        assert_eq!(pool.statistics(), Statistics { created: 1, reused: 1, outstanding: 1 });
    }

    #[test]
    fn small_and_large_alignments_fit() {
        #[derive(Debug)]
        #[repr(align(64))]
        struct Line(u8);
        let (bytes, lines) = (ObjectPool::new(), ObjectPool::new());
        for n in 0..100 {
            let byte = bytes.acquire(n).unwrap();
            // SAFETY: it is acquired and not used again.
            assert_eq!(unsafe { bytes.release(byte) }, n);
            let line = lines.acquire(Line(n)).unwrap();
            assert_eq!(line.addr().get() % 64, 0);
            // SAFETY: it is acquired.
            assert_eq!(unsafe { line.as_ref() }.0, n);
        }
    }

    #[test]
    fn what_is_outstanding_at_the_end_is_not_dropped() {
        let counted = Rc::new(());
        let pool = ObjectPool::new();
        let object = pool.acquire(Rc::clone(&counted)).unwrap();
        // SAFETY: it is acquired; the bitwise copy takes the place of the one in the slot.
        let copy = unsafe { object.read() };
        drop(pool);
        assert_eq!(Rc::strong_count(&counted), 2);
        drop(copy);
        assert_eq!(Rc::strong_count(&counted), 1);
    }
}
