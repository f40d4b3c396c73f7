//! Macros whose rules an expansion does not see, because they are in another file.

macro_rules! or_return {
    ($option:expr, $other:expr) => {
        match $option {
            Some(value) => value,
            None => return $other,
        }
    };
}

macro_rules! later {
    ($value:expr) => {
        move || println!("{:?}", $value)
    };
}

macro_rules! scoped {
    ($($tokens:tt)*) => {{
        $($tokens)*
    }};
}
