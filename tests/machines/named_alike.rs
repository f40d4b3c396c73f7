//! Macros of a file with names that others have: what they do with what they are given is for their own rules to say.

use zokio_tests::twin::{Failure, Script, Value};

/// Returns, where the other panics; what comes behind the condition is reached only then.
macro_rules! assert {
    ($condition:expr, $($failure:tt)*) => {
        if !$condition {
            return Err(Failure($($failure)*));
        }
    };
}

/// No vector but a sum.
macro_rules! vec {
    ($($number:expr),*) => { 0 $(+ $number)* };
}

/// Its second argument only where the first holds.
macro_rules! error {
    ($condition:expr, $number:expr) => {
        if $condition { $number } else { 0 }
    };
}

/// The same, with a name that nobody knows.
macro_rules! only_if {
    ($condition:expr, $number:expr) => {
        if $condition { $number } else { 0 }
    };
}

/// Formats only where the condition does not hold.
macro_rules! debug {
    ($script:ident, $condition:expr, $($text:tt)*) => {
        if !$condition {
            $script.step(format!($($text)*));
        }
    };
}

/// Not at all, what stands second.
macro_rules! dbg {
    ($number:expr, $never:expr) => {
        $number == 1
    };
}

bodies! {
    async fn an_assertion_that_returns(t: Script) -> Result<u32, Failure> {
        let value = t.value(1);
        let n = t.dice(3);
        assert!(n == 2, n + t.leaf(4).await);
        t.leaf(n).await;
        Ok(value.finish())
    }
    async fn a_vector_that_is_a_number(t: Script) -> u32 {
        let sum = vec![t.leaf(1).await, 2, t.value(3).detached().await];
        t.leaf(sum).await
    }
    async fn what_is_told_only_where_it_is_so(t: Script) -> u32 {
        let n = t.dice(3);
        debug!(t, n > 0, "{n} {}", t.leaf(1).await);
        n + error!(n == 2, t.leaf(2).await)
    }
    async fn what_is_evaluated_only_where_it_is_so(t: Script) -> u32 {
        let value = t.value(t.dice(2));
        only_if!(value.number == 1, t.leaf(2).await) + value.finish()
    }
    async fn what_is_never_evaluated(t: Script) -> bool {
        let n = t.leaf(1).await + t.dice(2);
        t.leaf(2).await;
        dbg!(n, { t.step("never"); t.leaf(3).await })
    }
    async fn one_of_the_body_that_is_lazy(t: Script) -> u32 {
        macro_rules! println {
            ($number:expr, $($text:tt)*) => {
                if $number > 1 { t.step(format!($($text)*)) }
            };
        }
        let n = t.dice(4);
        println!(n, "{n} {} {}", t.leaf(1).await, t.value(2).look());
        t.leaf(n).await
    }
}

/// With what a macro of a body or of a file alone allows: that what it returns awaits.
mod failing {
    use super::*;

    macro_rules! ensure {
        ($condition:expr, $failure:expr) => {
            if !$condition {
                return Err(Failure($failure));
            }
        };
    }

    bodies! {
        async fn what_is_ensured_may_await_on_both_sides(t: Script) -> Result<u32, Failure> {
            let value = t.value(t.dice(3));
            ensure!(t.leaf(1).await < value.look(), t.leaf(2).await);
            t.leaf(3).await;
            Ok(value.finish())
        }
        async fn one_of_the_body_that_returns(t: Script) -> Result<u32, Failure> {
            macro_rules! ensure_eq {
                ($one:expr, $other:expr, $failure:expr) => {
                    if $one != $other {
                        t.step("not the same");
                        return Err(Failure($failure));
                    }
                };
            }
            let value = t.value(1);
            ensure_eq!(t.leaf(2).await + t.dice(2), 2, t.leaf(3).await);
            t.leaf(4).await;
            Ok(value.finish())
        }
    }
}
