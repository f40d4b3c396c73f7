//! Macros whose rules an expansion does not see, because they are in another file.

macro_rules! bail {
    ($failure:expr) => {
        return Err($failure)
    };
}

macro_rules! ensure {
    ($condition:expr, $failure:expr) => {
        if !$condition {
            return Err($failure);
        }
    };
}

/// Returns what has failed; a name is what it works with, and what it awaits is nothing that its arguments show.
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

macro_rules! or_continue {
    ($attempt:expr) => {
        match $attempt {
            Ok(value) => value,
            Err(_) => continue,
        }
    };
}

macro_rules! or_break {
    ($attempt:expr) => {
        match $attempt {
            Ok(value) => value,
            Err(_) => break,
        }
    };
}

macro_rules! or_return {
    ($condition:expr) => {
        if $condition {
            return;
        }
    };
}

macro_rules! first {
    ($($value:expr);*) => { [$(&$value),*][0] };
}

macro_rules! called {
    ($value:expr) => {{
        let look = move || $value.look();
        look()
    }};
}

/// A body of its own, as the macros that make streams have it.
macro_rules! stream {
    ($($body:tt)*) => { async move { $($body)* } };
}

macro_rules! some_or {
    ($value:expr, $failure:expr) => {
        match $value {
            Some(value) => value,
            None => return $failure,
        }
    };
}

/// With fields, as tracing's has them: a local alone, or with a sigil, is a field of its name.
macro_rules! info {
    ($($field:tt)*) => {{ let mut said = String::new(); told!(said $($field)*); said }};
}

macro_rules! told {
    ($said:ident) => {};
    ($said:ident $text:literal $(, $argument:expr)* $(,)?) => { $said += &format!($text $(, $argument)*); };
    ($said:ident $($name:ident).+ = ?$value:expr $(, $($rest:tt)*)?) => {
        $said += &format!("{}={:?} ", stringify!($($name).+), $value);
        told!($said $($($rest)*)?);
    };
    ($said:ident $($name:ident).+ = $value:expr $(, $($rest:tt)*)?) => {
        $said += &format!("{}={} ", stringify!($($name).+), $value);
        told!($said $($($rest)*)?);
    };
    ($said:ident ?$($name:ident).+ $(, $($rest:tt)*)?) => { told!($said $($name).+ = ?$($name).+ $(, $($rest)*)?); };
    ($said:ident $($name:ident).+ $(, $($rest:tt)*)?) => { told!($said $($name).+ = $($name).+ $(, $($rest)*)?); };
}

/// Whatever it is given it formats, and makes something of it.
macro_rules! noted {
    ($($said:tt)*) => {
        Note(format!($($said)*))
    };
}

/// With one branch. Within an `async` block it has its branches still.
macro_rules! select {
    ($pattern:pat = $future:expr => $body:expr $(,)?) => {
        match $future.await {
            $pattern => $body,
        }
    };
}
