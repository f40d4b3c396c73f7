//! The checker: replays the flow of a body over what was decided, and looks for what must never happen.
//!
//! It believes the flow graph, and nothing that was concluded from it: the decisions of [`liveness`](super::liveness), the frame's
//! [`layout`](super::layout), the homes, and the guards that [`generate`](super::generate) has written. It has an analysis of its
//! own ([`replay`]): forwards only, over what may be the case of each local ([`state`]), where the passes walk in both directions over sets.
//! So a mistake has to be made twice to stay unseen.
//!
//! What it proves, for every path through the graph: a use finds a value; memory that is shared belongs to one local at a time; what
//! holds a value is dropped once, also when the machine is dropped while it waits, or entered again; what has a guard has not ended ([`ended`]). A fault is a mistake of this crate, not of the user's.

mod ended;
mod fault;
mod later;
mod overlap;
mod owned;
mod replay;
mod state;
mod uses;

use proc_macro2::{Ident, TokenStream};
use quote::quote_spanned;

pub(crate) use self::fault::{Fault, What};
use self::replay::Replay;
use super::flow::Flow;
use super::generate::{Compiled, Home, Scopes};
use super::local::Locals;
use super::sugar::own;
use crate::diagnostics::Faults;
use crate::diagnostics::messages::Message;

/// What is wrong with a body's machine.
pub(crate) fn check(flow: &Flow, compiled: &Compiled<'_>, scopes: &Scopes) -> Vec<Fault> {
    let mut faults = Vec::new();
    let overlap = overlap::overlap(compiled, &mut faults);
    for argument in compiled.arguments.iter().filter(|argument| compiled.homes[argument.0] != Home::Frame) {
        // It is put there before the first poll.
        faults.push(Fault::of_frame(What::NoSlot, *argument));
    }
    let mut replay = Replay::new(flow, compiled, scopes, &overlap, faults);
    replay.run();
    let mut faults = replay.faults;
    ended::ended(flow, compiled, scopes, &mut faults);
    faults
}

/// Says so, where the user sees it: better no machine than a wrong one. What the compiler says too, of the witness, is said by a constant, which it
/// comes to if it has nothing to say.
pub(crate) fn tell(found: &[Fault], locals: &Locals, body: &syn::Block, faults: &mut Faults) -> TokenStream {
    let mut constants = TokenStream::new();
    for fault in found {
        let local = &locals[fault.local];
        if fault.what == What::Empty && local.later {
            let text = without_a_value(&local.name).to_string();
            constants.extend(quote_spanned!(own(local.span)=> const { ::core::panic!("{}", #text) };));
            continue;
        }
        let message = Message::new(
            format!("internal: {}", fault.describe(locals)),
            "`#[async_fn(machine = rustc)]` for now, and please report this body as a bug of zokio's",
        );
        faults.add(body, message.because("the state machine was checked before it was handed out, and is wrong"));
    }
    constants
}

/// Of what was declared without a value: the compiler says where it is used.
fn without_a_value(name: &Ident) -> Message {
    Message::new(
        format!("`{name}` is used where it may have no value yet"),
        "a value where it is declared, or in each branch",
    )
    .because("a state machine drops what it holds, and has to know whether it does")
}
