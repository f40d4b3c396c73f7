//! Macros whose rules an expansion does not see, because it does not decide what `cfg` says of them.

#[cfg(any(unix, not(unix)))]
macro_rules! or_return {
    ($option:expr, $other:expr) => {
        match $option {
            Some(value) => value,
            None => return $other,
        }
    };
}

#[cfg(any(unix, not(unix)))]
macro_rules! later {
    ($value:expr) => {
        move || println!("{:?}", $value)
    };
}

#[cfg(any(unix, not(unix)))]
macro_rules! scoped {
    ($($tokens:tt)*) => {{
        $($tokens)*
    }};
}
