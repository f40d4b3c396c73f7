//! Started again in its memory.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use zokio::StateMachine;

use crate::support::{Events, Fetch, fetch, finish, poll};

#[test]
fn in_every_state() {
    let events = Events::default();
    let mut machine = pin!(fetch(&events, 5));
    for polls in 0..=3 {
        for _ in 0..polls {
            let _ = poll(machine.as_mut());
        }
        let _before = events.take();
        machine.as_mut().reset((events.value("before"), events.after("connect", 1, 5), events.value("behind")));
        let dropped: &[&str] = match polls {
            0 | 1 => &["drop before", "drop connect", "drop behind"],
            2 => &["drop first", "drop before"],
            _ => &[],
        };
        assert_eq!(events.take(), dropped, "after {polls} polls");
        assert_eq!(machine.state().name, "Connecting");
        assert!(matches!(machine.get(), Some(Fetch::Connecting { .. })));
    }
    assert_eq!(finish(machine.as_mut()), (Ok(12), 3));
}

/// Never ready; its destructor panics once.
#[derive(Debug)]
pub(crate) struct Stubborn(bool);

impl Future for Stubborn {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        Poll::Pending
    }
}

impl Drop for Stubborn {
    fn drop(&mut self) {
        assert!(!self.0, "as it should");
    }
}

#[derive(Debug, StateMachine)]
#[state_machine(start = Only, report = off)]
pub(crate) enum Waiting {
    #[state(end)]
    Only(#[future] Stubborn),
}

impl Waiting {
    fn on_only((): ()) {}
}

#[test]
fn a_destructor_that_panics_poisons() {
    let mut machine = pin!(Waiting::start(Stubborn(true)));
    assert!(poll(machine.as_mut()).is_pending());
    assert!(catch_unwind(AssertUnwindSafe(|| machine.as_mut().reset((Stubborn(false),)))).is_err());
    assert_eq!(machine.state().name, "Poisoned");
    machine.as_mut().reset((Stubborn(false),));
    assert!(poll(machine.as_mut()).is_pending());
    assert_eq!(machine.state().name, "Only");
}
