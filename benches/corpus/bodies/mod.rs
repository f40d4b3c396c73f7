//! The bodies, by kind.

use crate::corpus::Case;

include!("cases.rs");

macro_rules! kinds {
    ($($kind:ident)*) => {
        $(mod $kind;)*

        /// All cases of this side.
        pub(crate) fn cases() -> Vec<Case> {
            [$($kind::cases()),*].concat()
        }
    };
}

kinds! {
    servers codecs handshakes protocols
    pools retries caches proxies files
    layers streams selects joins
    tight errors borrows generics
}
