//! Macros whose rules an expansion does not see, because they are another crate's.

/// Returns a failure.
#[macro_export]
macro_rules! bail {
    ($failure:expr) => {
        return Err($failure)
    };
}

/// Returns a failure where the condition does not hold.
#[macro_export]
macro_rules! ensure {
    ($condition:expr, $failure:expr) => {
        if !$condition {
            return Err($failure);
        }
    };
}

/// Returns what has failed; a name is what it works with, and what it awaits is nothing that its arguments show.
#[macro_export]
macro_rules! attempt {
    ($attempt:expr, $script:ident) => {
        match $attempt {
            Ok(value) => value,
            Err(failure) => {
                $script.leaf(7).await;
                return Err(Failure::from(failure));
            }
        }
    };
}

/// The value, or on with the loop.
#[macro_export]
macro_rules! or_continue {
    ($attempt:expr) => {
        match $attempt {
            Ok(value) => value,
            Err(_) => continue,
        }
    };
}

/// The value, or out of the loop.
#[macro_export]
macro_rules! or_break {
    ($attempt:expr) => {
        match $attempt {
            Ok(value) => value,
            Err(_) => break,
        }
    };
}

/// Returns where the condition holds.
#[macro_export]
macro_rules! or_return {
    ($condition:expr) => {
        if $condition {
            return;
        }
    };
}

/// The first of references to values.
#[macro_export]
macro_rules! first {
    ($($value:expr);*) => { [$(&$value),*][0] };
}

/// A body of its own, as the macros that make streams have it.
#[macro_export]
macro_rules! stream {
    ($($body:tt)*) => { async move { $($body)* } };
}

/// The value, or out of the function.
#[macro_export]
macro_rules! some_or {
    ($value:expr, $failure:expr) => {
        match $value {
            Some(value) => value,
            None => return $failure,
        }
    };
}

/// With fields, as tracing's has them: a local alone, or with a sigil, is a field of its name.
#[macro_export]
macro_rules! info {
    ($($field:tt)*) => {{ let mut said = String::new(); $crate::told!(said $($field)*); said }};
}

/// As logging's, with a target.
#[macro_export]
macro_rules! warn {
    (target: $target:expr, $($format:tt)+) => { format!("{} {}", $target, format!($($format)+)) };
}

/// What `info` has said.
#[macro_export]
macro_rules! told {
    ($said:ident) => {};
    ($said:ident $text:literal $(, $argument:expr)* $(,)?) => { $said += &format!($text $(, $argument)*); };
    ($said:ident $($name:ident).+ = ?$value:expr $(, $($rest:tt)*)?) => {
        $said += &format!("{}={:?} ", stringify!($($name).+), $value);
        $crate::told!($said $($($rest)*)?);
    };
    ($said:ident $($name:ident).+ = $value:expr $(, $($rest:tt)*)?) => {
        $said += &format!("{}={} ", stringify!($($name).+), $value);
        $crate::told!($said $($($rest)*)?);
    };
    ($said:ident ?$($name:ident).+ $(, $($rest:tt)*)?) => { $crate::told!($said $($name).+ = ?$($name).+ $(, $($rest)*)?); };
    ($said:ident $($name:ident).+ $(, $($rest:tt)*)?) => { $crate::told!($said $($name).+ = $($name).+ $(, $($rest)*)?); };
}

/// Whatever it is given it formats, and makes something of it.
#[macro_export]
macro_rules! noted {
    ($($said:tt)*) => {
        Note(format!($($said)*))
    };
}

/// With one branch. Within an `async` block it has its branches still.
#[macro_export]
macro_rules! select {
    ($pattern:pat = $future:expr => $body:expr $(,)?) => {
        match $future.await {
            $pattern => $body,
        }
    };
}

/// Evaluates what it is given if somebody listens, the last first.
#[macro_export]
macro_rules! heard {
    ($listens:expr, $first:expr, $second:expr) => {
        if $listens {
            let second = $second;
            let first = $first;
            drop((first, second));
        }
    };
}

/// A document, which takes the values that it is made of.
#[macro_export]
macro_rules! rawdoc {
    ($($key:literal: $value:expr),* $(,)?) => { [$(($key, { let value = $value; $crate::twin::Document::from(value) })),*] };
}

/// Awaits, which nobody sees who sees its arguments alone.
#[macro_export]
macro_rules! waited_for {
    ($future:expr) => {
        $future.await
    };
}
