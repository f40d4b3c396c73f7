//! Bodies as tests: a module of each crate that has some, because a macro's braces are of the edition of its crate.

/// Each body twice, and a test that they agree.
macro_rules! bodies {
    ($($(#[$attribute:meta])* async fn $name:ident($t:ident: Script $(, $argument:ident: $ty:ty = $value:expr)*) -> $output:ty { $($body:tt)* })*) => {$(
        mod $name {
            use super::*;
            $(#[$attribute])*
            pub async fn native($t: Script $(, $argument: $ty)*) -> $output { $($body)* }
            $(#[$attribute])*
            #[zokio::async_fn]
            pub async fn machine($t: Script $(, $argument: $ty)*) -> $output { $($body)* }
            #[test]
            fn agrees() {
                zokio_tests::twin::compare(stringify!($name), |t: Script| { let $t = t.clone(); native(t $(, $value)*) }, |t: Script| { let $t = t.clone(); machine(t $(, $value)*) });
            }
            #[test]
            fn is_no_larger() {
                let t = Script::sample();
                let native = size_of_val(&{ let $t = t.clone(); native(t.clone() $(, $value)*) });
                let machine = size_of_val(&{ let $t = t.clone(); machine(t.clone() $(, $value)*) });
                crate::sizes(concat!(module_path!()), native, machine);
            }
        }
    )*};
}
