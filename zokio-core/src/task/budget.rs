//! `max_task_size`: a future that is larger does not become a task.
//!
//! Which runtime a spawn is for is known to the compiler where it goes through the runtime's struct: there the build fails. The free functions
//! and handles find their runtime when they are called: there the call panics, whose future it is, always and at its first run.

use std::any::type_name;

use crate::machine::{self, Text};
use crate::worker::plan::Plan;

const fn text(size: usize, most: usize) -> Text {
    let text = Text::new().text("this task's future has ").number(size).text(" bytes, and `max_task_size = ");
    text.number(most).text("` allows no more")
}

const ADVICE: &str = "; hold less across its awaits, or box what is large";

/// For a spawn whose runtime the compiler knows, in a `const`.
///
/// # Panics
/// When the future is too large.
pub(crate) const fn fits<P: Plan, F>() {
    if let Some(most) = P::MAX_TASK_SIZE
        && size_of::<F>() > most
    {
        let text = text(size_of::<F>(), most).text(ADVICE);
        // Whether it is a machine cannot be asked here.
        panic!("{}", text.text("; `#[zokio::async_fn(max_size = ..)]` names the slots of a machine").as_str());
    }
}

/// For a spawn whose runtime was found when it was called.
///
/// # Panics
/// Always.
#[cold]
#[inline(never)]
#[track_caller]
pub(crate) fn too_large<F: Future>(most: usize) -> ! {
    let text = text(size_of::<F>(), most);
    let text = match machine::Type::of::<F>().ask() {
        Some(machine) => text.largest(&machine.slots()),
        None => text,
    };
    panic!("{}: {}", text.text(ADVICE).as_str(), type_name::<F>());
}
