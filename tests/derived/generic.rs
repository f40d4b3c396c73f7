//! Machines with parameters: types, lifetimes, constants, bounds.

use std::fmt::Display;
use std::future::{Future, Ready, ready};
use std::pin::pin;

use zokio::{Machine, StateMachine};

use crate::support::{Events, finish};

/// Tries again, with whatever makes the attempts.
#[derive(StateMachine)]
#[state_machine(start = Trying, output = Result<T, E>, report = off)]
pub(crate) enum Retry<F, A, T, E>
where
    F: FnMut(u32) -> A,
    A: Future<Output = Result<T, E>>,
{
    #[state(to(Trying, Succeeded, GivenUp))]
    Trying {
        #[future]
        attempt: A,
        again: F,
        left: u32,
    },
    #[state(end)]
    Succeeded(T),
    #[state(failed)]
    GivenUp(E),
}

impl<F, A, T, E> Retry<F, A, T, E>
where
    F: FnMut(u32) -> A,
    A: Future<Output = Result<T, E>>,
{
    fn of(mut again: F, left: u32) -> Machine<Self> {
        Self::start(again(left), again, left)
    }

    fn on_trying(result: Result<T, E>, mut again: F, left: u32) -> RetryAfterTrying<F, A, T, E> {
        match result {
            Ok(value) => RetryAfterTrying::Succeeded(value),
            Err(error) if left == 0 => RetryAfterTrying::GivenUp(error),
            Err(_) => RetryAfterTrying::Trying { attempt: again(left - 1), again, left: left - 1 },
        }
    }

    fn on_succeeded(value: T) -> Result<T, E> {
        Ok(value)
    }

    fn on_given_up(error: E) -> Result<T, E> {
        Err(error)
    }
}

#[test]
fn types_and_bounds() {
    let events = Events::default();
    // The futures are of a type without a name, and borrow themselves.
    let attempt = |left: u32| {
        let wait = events.after("wait", left, left);
        async move {
            let left = wait.await;
            if left < 2 { Ok(left) } else { Err(format!("{left} left")) }
        }
    };
    let mut machine = pin!(Retry::of(attempt, 3));
    assert_eq!(finish(machine.as_mut()).0, Ok(1));
    assert!(!machine.is_failed());
    let mut machine = pin!(Retry::of(|left| ready(Err::<u32, _>(left)), 9));
    assert_eq!(finish(machine.as_mut()), (Err(0), 1));
    assert!(machine.is_failed());
}

#[derive(Debug, StateMachine)]
#[state_machine(start = Copying, output = (&'a str, [u8; N]), report = off)]
pub(crate) enum Borrowing<'a, T: ?Sized + Display, const N: usize = 4> {
    #[state(to(Copied, Borrowed))]
    Copying(#[future] Ready<bool>, &'a str, &'a T),
    #[state(end)]
    Copied { from: &'a str, bytes: [u8; N] },
    /// No data of its own, but a parameter that the transition names.
    #[state(end)]
    Borrowed(std::marker::PhantomData<Box<Self>>),
}

impl<'a, T: ?Sized + Display, const N: usize> Borrowing<'a, T, N> {
    fn on_copying(copies: bool, from: &'a str, with: &'a T) -> BorrowingAfterCopying<'a, T, N> {
        if !copies {
            return BorrowingAfterCopying::Borrowed(std::marker::PhantomData);
        }
        let text = format!("{from}{with}");
        let mut bytes = [0; N];
        bytes.copy_from_slice(&text.as_bytes()[..N]);
        BorrowingAfterCopying::Copied { from, bytes }
    }

    fn on_copied(from: &'a str, bytes: [u8; N]) -> (&'a str, [u8; N]) {
        (from, bytes)
    }

    fn on_borrowed(_: std::marker::PhantomData<Box<Self>>) -> (&'a str, [u8; N]) {
        ("", [0; N])
    }
}

#[test]
fn lifetimes_constants_and_unsized_types() {
    let text = String::from("ab");
    let machine = pin!(Borrowing::<dyn Display>::start(ready(true), &text, &78));
    assert_eq!(finish(machine).0, ("ab", *b"ab78"));
    let machine = pin!(Borrowing::<str, 1>::start(ready(false), &text, "c"));
    assert_eq!(finish(machine).0, ("", [0]));
}
