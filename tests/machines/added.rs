//! What is added to a place that an await finds: what is added may be a sum, a constant, or have a sign.

use std::cell::{RefCell, RefMut};
use std::ops::{Deref, DerefMut};

use zokio_tests::twin::Script;

/// A lock that is waited for.
struct Lock {
    t: Script,
    number: RefCell<i64>,
}

impl Lock {
    fn of(t: &Script, number: i64) -> Self {
        Self { t: t.clone(), number: RefCell::new(number) }
    }

    async fn lock(&self) -> Locked<'_> {
        self.t.leaf(7).await;
        Locked { t: &self.t, number: self.number.borrow_mut() }
    }
}

struct Locked<'l> {
    t: &'l Script,
    number: RefMut<'l, i64>,
}

impl Deref for Locked<'_> {
    type Target = i64;
    fn deref(&self) -> &i64 {
        &self.number
    }
}

impl DerefMut for Locked<'_> {
    fn deref_mut(&mut self) -> &mut i64 {
        &mut self.number
    }
}

impl Drop for Locked<'_> {
    fn drop(&mut self) {
        self.t.step(format!("left {}", self.number));
    }
}

const STEP: i64 = 3;

bodies! {
    async fn what_has_a_sign(t: Script) -> i64 {
        let lock = Lock::of(&t, 1);
        *lock.lock().await += -1;
        *lock.lock().await -= -STEP;
        *lock.lock().await
    }
    async fn a_sum(t: Script) -> i64 {
        let lock = Lock::of(&t, 1);
        *lock.lock().await += 1 + 1;
        *lock.lock().await *= 2 * STEP - 1;
        *lock.lock().await
    }
    async fn a_constant_of_a_type(t: Script) -> i64 {
        let lock = Lock::of(&t, 1);
        *lock.lock().await += i64::MAX - 5;
        *lock.lock().await -= u32::MAX as i64;
        *lock.lock().await
    }
    async fn a_place_behind_a_reference_that_is_carried(t: Script) -> i64 {
        let mut number = 5_i64;
        *t.carry(&mut number).await += -(STEP + 1);
        *t.carry(&mut number).await ^= !0 >> 1;
        number + i64::from(t.leaf(1).await)
    }
}
