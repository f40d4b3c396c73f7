//! An async body -> an explicit poll state machine.
//!
//! The body loses its sugar ([`sugar`]), its locals become unique ([`scope`]), what awaits is put in order ([`order`]). That
//! is followed ([`flow`]) to know what is alive where ([`liveness`]), which gives the frame its layout ([`layout`]); then the
//! code is written ([`generate`]). Passes gather faults; the pipeline stops before the flow. Generation cannot fail.

mod awaits;
mod block;
mod chain;
mod condition;
mod destructure;
mod elided;
mod flow;
mod function;
mod generate;
mod input;
mod keys;
mod layout;
mod liveness;
mod local;
mod macros;
mod native;
mod order;
mod outlives;
mod pin;
mod scope;
mod set;
mod sugar;

use proc_macro2::TokenStream;
use syn::visit_mut::VisitMut;

pub(crate) use self::block::expand as async_block;
pub(crate) use self::function::expand as async_fn;
use self::generate::{Compiled, Home, Moved, What};
use self::input::Input;
use self::liveness::{Bound, Decision};
use self::local::{LocalId, Locals};
use crate::diagnostics::Faults;

/// Compiles one body: an expression for its future.
fn compile(input: Input, faults: &mut Faults) -> TokenStream {
    let mut locals = Locals::default();
    let mut body = input.body.clone();
    sugar::remove(&mut body, faults);
    let mut scopes = scope::Scopes::new(&mut locals);
    let arguments: Vec<LocalId> = input.arguments.iter().map(|argument| scopes.argument(&argument.name)).collect();
    scopes.visit_block_mut(&mut body);
    for (id, argument) in arguments.iter().zip(&input.arguments) {
        locals[*id].ty.clone_from(&argument.ty);
        locals[*id].once = argument.once;
    }
    let mut order = order::Order::new(&mut locals, faults);
    let body = order.block(body);
    let nodes = order.nodes;
    if !faults.is_empty() {
        return TokenStream::new();
    }
    let flow = flow::flow(&locals, &nodes, &arguments, &body);
    let liveness = liveness::liveness(&locals, &flow, nodes.awaits());
    let homes = generate::homes(&locals, &liveness);
    let slots: Vec<LocalId> = locals.ids().filter(|id| homes[id.0] == Home::Frame).collect();
    let flags = slots.iter().copied().filter(|id| {
        liveness.held.iter().zip(&liveness.certain).any(|(held, certain)| held.contains(*id) && !certain.contains(*id))
    });
    let mut parts: Vec<Moved> = flow
        .parts
        .iter()
        .enumerate()
        .filter(|(number, part)| {
            homes[part.local.0] != Home::Plain
                && (liveness.decisions.contains(&Some(Decision::Part(*number)))
                    || liveness.decisions.contains(&Some(Decision::AskPart(*number))))
        })
        .map(|(number, part)| Moved { local: part.local, what: What::Field { number, path: part.path.clone() } })
        .collect();
    // Those of one local stand together.
    let by_patterns = flow
        .bindings
        .iter()
        .zip(&liveness.bound)
        .filter(|(binding, bound)| **bound == Some(Bound::Parts) && homes[binding.local.0] != Home::Plain);
    parts.extend(by_patterns.map(|(binding, _)| Moved {
        local: binding.local,
        what: What::Pattern { arm: binding.arm, pat: Box::new(binding.pat.clone()) },
    }));
    parts.sort_by_key(|moved| moved.local);
    let layout = layout::layout(&slots, &liveness.conflicts, flags.collect());
    let compiled = Compiled {
        locals: &locals,
        nodes: &nodes,
        arguments: &arguments,
        body: &body,
        liveness: &liveness,
        homes: &homes,
        layout: &layout,
        parts: &parts,
        bindings: &flow.bindings,
    };
    generate::expression(&input, &compiled)
}
