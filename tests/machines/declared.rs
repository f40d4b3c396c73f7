//! Macros that declare: what they bind or define of a body lives as long as the block that they stand in.

use std::cell::Cell;

use zokio_tests::twin::{Failure, Script, Value};

/// Does at its end what it was told.
struct Deferred<F: FnMut()>(F);

impl<F: FnMut()> Drop for Deferred<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}

macro_rules! defer {
    ($($body:tt)*) => { let _guard = Deferred(|| { $($body)* }); };
}

macro_rules! defer_with_its_own {
    ($($body:tt)*) => {
        let _guard = {
            struct Own<F: FnMut()>(F);
            impl<F: FnMut()> Drop for Own<F> {
                fn drop(&mut self) {
                    (self.0)();
                }
            }
            Own(|| { $($body)* })
        };
    };
}

macro_rules! hold {
    ($value:expr) => {
        let _guard = $value;
    };
}

macro_rules! enter {
    ($script:ident, $n:literal) => {
        let _entered = $script.value($n);
        $script.step("in");
    };
}

macro_rules! two {
    ($script:ident, $one:ident, $other:ident) => {
        let $one = $script.value(1);
        let $other = $script.value(2);
    };
}

macro_rules! checks {
    ($($condition:expr => $failure:expr),*) => { $(if $condition { return Err(Failure($failure)); })* };
}

macro_rules! increment {
    ($place:ident { $($field:ident),* }) => { $($place.$field += 1;)* };
}

macro_rules! items {
    ($($item:item)*) => { $($item)* };
}

struct Counts {
    one: u32,
    other: u32,
}

bodies! {
    async fn a_guard_of_an_inner_block(t: Script) -> u32 {
        let kept = t.value(1);
        hold!(t.value(2));
        let n = {
            hold!((&kept, t.value(3)));
            t.leaf(1).await
        };
        hold! { t.value(4) }
        t.leaf(n).await
    }
    async fn a_guard_behind_an_await(t: Script) -> u32 {
        t.leaf(2).await;
        hold! { t.value(1) }
        let n = t.leaf(3).await;
        n + t.dice(2)
    }
    async fn a_guard_of_each_turn(t: Script) -> u32 {
        enter!(t, 1);
        for n in 0..2 {
            enter!(t, 2);
            if t.coin() {
                continue;
            }
            t.leaf(n).await;
        }
        t.leaf(3).await
    }
    async fn a_guard_that_is_left_with_a_failure(t: Script) -> Result<u32, Failure> {
        enter!(t, 1);
        let n = t.carry(t.fallible(2)).await?;
        if t.coin() {
            return Err(Failure(n));
        }
        Ok(t.leaf(3).await)
    }
    async fn names_that_it_is_given(t: Script) -> u32 {
        two!(t, one, other);
        t.leaf(1).await;
        drop(one);
        two! { t, again, one }
        t.leaf(2).await;
        one.finish() + other.look() + again.look()
    }
    async fn several_checks_behind_one_another(t: Script) -> Result<u32, Failure> {
        let n = t.leaf(2).await + t.dice(4);
        checks! { n > 4 => 1, n == 3 => 2 }
        checks!(n > 9 => 3);
        Ok(t.leaf(n).await)
    }
    async fn fields_of_a_local(t: Script) -> u32 {
        let mut counts = Counts { one: 1, other: t.leaf(2).await };
        increment!(counts { one, other });
        t.leaf(counts.one).await;
        increment! { counts { one } }
        counts.one * 10 + counts.other
    }
    async fn items_of_the_body(t: Script) -> u32 {
        items! {
            struct Number(u32);
            impl Number {
                fn get(&self) -> u32 { self.0 }
            }
            const FIVE: u32 = 5;
        }
        t.leaf(1).await;
        items!(struct More(u32); const SIX: u32 = 6;);
        t.leaf(2).await + Number(FIVE).get() + More(SIX).0
    }
    async fn a_local_of_the_thread(t: Script) -> u32 {
        thread_local! { static NUMBER: Cell<u32> = const { Cell::new(2) } }
        NUMBER.with(|number| number.get()) + t.leaf(1).await
    }
}

/// Guards by a macro of a name that others' have, which `async_fn` refuses where it does not see the rules.
mod deferred {
    use super::*;

    bodies! {
        async fn a_guard_that_does_something_at_its_end(t: Script) -> u32 {
            defer! { t.step("deferred"); }
            let n = t.leaf(1).await;
            defer!(t.step("first"); t.step("then"););
            t.leaf(2).await + n
        }
        async fn a_guard_of_a_type_that_the_macro_has(t: Script) -> u32 {
            defer_with_its_own!(t.step("deferred"));
            let value = t.value(1);
            t.leaf(value.number).await
        }
        async fn a_guard_that_sees_what_changes_after_it(t: Script) -> u32 {
            let count = Cell::new(1);
            defer!(t.step(format!("{}", count.get())));
            count.set(t.leaf(2).await);
            t.leaf(3).await
        }
    }
}
