//! The derive adds no warning of its own to a crate that denies them all.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, missing_debug_implementations, missing_copy_implementations, unreachable_pub)]
#![deny(elided_lifetimes_in_paths, single_use_lifetimes, unused_results, unused_qualifications, unused_lifetimes)]
#![deny(non_local_definitions, let_underscore_drop, trivial_casts, unnameable_types, explicit_outlives_requirements)]

use std::future::Ready;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use zokio::StateMachine;

/// A machine that others see.
#[derive(Debug, StateMachine)]
#[state_machine(start = Asking, output = &'a str)]
pub enum Question<'a, T: Copy> {
    /// Waits for the answer.
    #[state(to(Asking, Answered))]
    Asking {
        /// Will be there.
        #[future]
        answer: Ready<bool>,
        /// Says it.
        text: &'a str,
        /// How often.
        times: T,
    },
    /// There it is.
    #[state(end)]
    Answered(&'a str, T),
}

impl<'a, T: Copy> Question<'a, T> {
    fn on_asking(answered: bool, text: &'a str, times: T) -> QuestionAfterAsking<'a, T> {
        if answered {
            QuestionAfterAsking::Answered(text, times)
        } else {
            QuestionAfterAsking::Asking { answer: std::future::ready(true), text, times }
        }
    }

    const fn on_answered(text: &'a str, _: T) -> &'a str {
        text
    }
}

fn main() {
    let machine = pin!(Question::start(std::future::ready(false), "yes", 2));
    assert_eq!(machine.poll(&mut Context::from_waker(Waker::noop())), Poll::Ready("yes"));
}
