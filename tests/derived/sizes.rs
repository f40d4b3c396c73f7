//! A machine is its enum and a tag.

use std::future::Ready;

use zokio::{Machine, StateMachine};

use crate::support::Fetch;

#[expect(clippy::large_enum_variant, reason = "that is the point")]
#[derive(Debug, StateMachine)]
#[state_machine(start = Small, report = off)]
pub(crate) enum Large {
    #[state(to(Big))]
    Small(#[future] Ready<u8>),
    #[state(end)]
    Big(#[future] Ready<()>, [u64; 128]),
}

impl Large {
    fn on_small(byte: u8) -> LargeAfterSmall {
        LargeAfterSmall::Big(std::future::ready(()), [u64::from(byte); 128])
    }

    fn on_big((): (), numbers: [u64; 128]) {
        assert_eq!(numbers, [7; 128]);
    }
}

#[test]
fn no_larger_than_the_enum_and_a_tag() {
    fn tag<E>(machine: usize) -> bool {
        machine <= size_of::<E>() + align_of::<E>().max(align_of::<u16>())
    }
    assert!(tag::<Fetch>(size_of::<Machine<Fetch>>()));
    assert!(tag::<Large>(size_of::<Machine<Large>>()));
    assert_eq!(crate::support::finish(std::pin::pin!(Large::start(std::future::ready(7)))), ((), 1));
}
