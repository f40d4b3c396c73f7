//! Enums of odd shapes: names that are keywords, no data at all, a state that leads to itself, items within functions.

use std::future::{Ready, ready};
use std::pin::pin;

use zokio::StateMachine;

use crate::support::finish;

mod named {
    //! Visible from outside, and documented.

    use std::future::Ready;

    /// Counts down.
    #[derive(Debug, zokio::StateMachine)]
    #[state_machine(start = r#Loop, output = u32, report = off)]
    #[non_exhaustive]
    pub(crate) enum Down {
        /// One less.
        #[state(to(r#Loop, Zero))]
        r#Loop {
            /// Is waited for.
            #[future]
            r#async: Ready<u32>,
            /// How often.
            r#type: u32,
        },
        /// Nothing is left.
        #[state(end)]
        Zero {
            /// Was it.
            r#type: u32,
        },
    }

    impl Down {
        fn on_loop(left: u32, times: u32) -> DownAfterLoop {
            match left.checked_sub(1) {
                Some(left) => DownAfterLoop::r#Loop { r#async: std::future::ready(left), r#type: times + 1 },
                None => DownAfterLoop::Zero { r#type: times },
            }
        }

        const fn on_zero(times: u32) -> u32 {
            times
        }
    }
}

#[test]
fn a_state_may_lead_to_itself() {
    assert_eq!(finish(pin!(named::Down::start(ready(5), 0))), (5, 1));
}

#[test]
fn nothing_but_states() {
    #[derive(StateMachine)]
    #[state_machine(start = One, report = off)]
    enum Bare {
        #[state(to(Two))]
        One,
        #[state(to(Three))]
        Two(),
        #[state(end)]
        Three {},
    }

    impl Bare {
        fn on_one() -> BareAfterOne {
            BareAfterOne::Two()
        }
        fn on_two() -> BareAfterTwo {
            BareAfterTwo::Three {}
        }
        fn on_three() {}
    }

    assert_eq!(finish(pin!(Bare::start())), ((), 1));
}

/// Names that the expansion uses mean what the user says.
#[test]
fn names_of_the_expansion() {
    mod core {}
    mod std {}
    #[expect(dead_code)]
    struct Option;
    #[derive(StateMachine)]
    #[state_machine(start = Pending, output = u8, report = off)]
    enum Poll {
        #[state(to(Ready))]
        Pending {
            #[future]
            cx: Ready<u8>,
            stand: u8,
            output: u8,
            next: u8,
        },
        #[state(end)]
        Ready(u8),
    }
    impl Poll {
        fn on_pending(cx: u8, stand: u8, output: u8, next: u8) -> PollAfterPending {
            PollAfterPending::Ready(cx + stand + output + next)
        }
        fn on_ready(sum: u8) -> u8 {
            sum
        }
    }
    assert_eq!(finish(pin!(Poll::start(ready(1), 2, 3, 4))), (10, 1));
}
