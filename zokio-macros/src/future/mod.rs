//! An async body -> an explicit poll state machine.
//!
//! The body loses its sugar ([`sugar`]), its locals become unique ([`scope`]), what awaits is put in order ([`order`]). That
//! is followed ([`flow`]) to know what is alive where ([`liveness`]), which gives the frame its layout ([`layout`]); then the
//! code is written ([`generate`]). Passes gather faults; the pipeline stops before the flow. Generation cannot fail. What came of
//! it is checked ([`check`]), and can be looked at pass by pass ([`dump`]). Beside all that, [`lint`] asks about what compiles and is
//! wrong nevertheless.

mod anchor;
mod apart;
mod around;
mod asserted;
mod async_closures;
mod awaits;
mod block;
mod calls;
mod captured;
mod chain;
mod check;
mod checked;
mod closures;
mod condition;
pub(crate) mod coroutines;
mod destructure;
mod dump;
mod elided;
mod expand;
mod expected;
mod extended;
mod extent;
mod flow;
mod function;
mod generate;
mod impls;
mod input;
mod json;
mod keys;
mod layout;
mod left;
mod lint;
mod liveness;
mod local;
mod macros;
mod native;
mod nested;
mod opaque;
mod order;
mod outlives;
mod parameters;
mod part;
mod passage;
mod pattern;
mod pin;
mod plain;
mod recursion;
mod scope;
mod selection;
mod set;
mod shown;
mod split;
mod sugar;
mod terminating;
#[cfg(test)]
mod tests;
mod tie;
mod together;
mod unnameable;
mod uses;

use proc_macro2::TokenStream;
use syn::visit_mut::VisitMut;

pub(crate) use self::block::expand as async_block;
use self::dump::Dump;
use self::flow::Flow;
pub(crate) use self::function::expand as async_fn;
use self::generate::{Compiled, Home, Moved, Scopes, What};
use self::input::Input;
use self::layout::Layout;
use self::liveness::{Bound, Decision, Liveness};
use self::local::{LocalId, Locals, UseId};
use self::order::{Block, Nodes};
pub(crate) use self::pattern::unbound;
use crate::diagnostics::Faults;
use crate::diagnostics::messages::Message;

/// The most arguments or captures: the longest tuple that the core's `Arguments` is implemented for.
const MOST: usize = 48;

/// Finds what the macro refuses of a body that something else is compiled to.
fn refuse(mut input: Input, faults: &mut Faults) {
    expand::visible(&mut input, faults);
    ordered(&input, Run { split: false, named: false }, faults, &mut Dump::default());
}

/// Compiles one body: an expression for its future.
fn compile(mut input: Input, faults: &mut Faults) -> TokenStream {
    expand::visible(&mut input, faults);
    let mut dump = Dump::asked(&input);
    let only_checks = checked::only_checks() && !dump.is_asked();
    if only_checks && !lint::may_ask_slots(&input) {
        return match ordered(&input, Run { split: false, named: false }, faults, &mut dump) {
            Some(_) => generate::checked(&input, &TokenStream::new()),
            None => TokenStream::new(),
        };
    }
    let tokens = passes(&input, faults, &mut dump).map(|passes| {
        if only_checks && let Some(sizes) = lint::sizes(&input, &passes.compiled()) {
            return generate::checked(&input, &sizes);
        }
        let (tokens, scopes) = passes.generate(&input, &mut dump);
        let found = check::check(&passes.flow, &passes.compiled(), &scopes);
        let constants = check::tell(&found, &passes.locals, &input.body, faults);
        if constants.is_empty() { tokens } else { generate::checked(&input, &constants) }
    });
    dump.write(faults);
    tokens.unwrap_or_default()
}

/// What the passes that may refuse a body make of it.
struct Ordered {
    locals: Locals,
    nodes: Nodes,
    arguments: Vec<LocalId>,
    body: Block,
}

/// What the passes before the code make of a body.
struct Passes {
    locals: Locals,
    nodes: Nodes,
    arguments: Vec<LocalId>,
    body: Block,
    flow: Flow,
    liveness: Liveness,
    homes: Vec<Home>,
    layout: Layout,
    parts: Vec<Moved>,
    successors: Vec<Vec<usize>>,
}

/// Runs them; none, if there are faults.
fn passes(input: &Input, faults: &mut Faults, dump: &mut Dump) -> Option<Passes> {
    let passes = passes_of(input, Run { split: false, named: true }, faults, dump)?;
    let kept = |field: &UseId| passes.liveness.decisions[field.0] == Some(Decision::Place);
    if !passes.flow.fields.iter().any(kept) {
        return Some(passes);
    }
    dump.again();
    passes_of(input, Run { split: true, named: true }, faults, dump)
}

/// How the passes run.
#[derive(Clone, Copy)]
struct Run {
    /// Whether patterns take fields apart only where they have matched.
    split: bool,
    /// Whether awaits have names, which only a machine needs.
    named: bool,
}

fn ordered(input: &Input, run: Run, faults: &mut Faults, dump: &mut Dump) -> Option<Ordered> {
    if let Some(argument) = input.arguments.get(MOST) {
        faults.add(
            &argument.name,
            Message::new(
                format!("this is one argument or capture more than the {MOST} that a state machine may have"),
                "a struct that has several of them, or `#[async_fn(machine = rustc)]`",
            )
            .because("a machine is made of them as a tuple, of which the core knows those up to that length"),
        );
        return None;
    }
    let mut locals = Locals::default();
    locals.closures = closures::any(&input.body)
        || input.arguments.iter().any(|argument| argument.ty.is_none() && argument.name != "self");
    let mut body = input.body.clone();
    impls::leave_out(&mut body);
    sugar::remove(&mut body, input, run.split, faults);
    dump.sugar(&body);
    let mut scopes = scope::Scopes::new(&mut locals);
    let arguments = scopes.arguments(&input.arguments);
    scopes.visit_block_mut(&mut body);
    apart::take(&mut body, &mut locals);
    for name in std::mem::take(&mut locals.rebound) {
        let told = format!("`{name}` is bound anew among the tokens of a macro that is not known");
        faults.add(
            &name,
            Message::new(told, "another name, or `#[async_fn(machine = rustc)]`")
                .because("which uses in the macro mean the local outside, only the macro knows"),
        );
    }
    dump.scope(&body, &locals);
    let mut order = order::Order::new(&mut locals, faults, input.edition, run.named);
    let body = order.block(body);
    let nodes = order.nodes;
    if !faults.is_empty() {
        return None;
    }
    dump.order(&body, &nodes, &locals);
    Some(Ordered { locals, nodes, arguments, body })
}

fn passes_of(input: &Input, run: Run, faults: &mut Faults, dump: &mut Dump) -> Option<Passes> {
    let Ordered { locals, nodes, arguments, body } = ordered(input, run, faults, dump)?;
    let flow = flow::flow(&locals, &nodes, &arguments, &body);
    dump.flow(&flow, &locals);
    let liveness = liveness::liveness(&locals, &flow, nodes.awaits());
    let homes = generate::homes(&locals, &nodes.bound(&body), &flow, &liveness);
    dump.liveness(&liveness, &homes, &flow, &nodes, &locals);
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
        .map(|(number, part)| Moved { local: part.local, what: What::Field { number, part: part.clone() } })
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
    dump.layout(&layout, &parts, &locals);
    let successors = flow.successors(nodes.awaits());
    Some(Passes { locals, nodes, arguments, body, flow, liveness, homes, layout, parts, successors })
}

impl Passes {
    /// As the code is written from it.
    fn compiled(&self) -> Compiled<'_> {
        Compiled {
            locals: &self.locals,
            nodes: &self.nodes,
            arguments: &self.arguments,
            body: &self.body,
            liveness: &self.liveness,
            flow: &self.flow,
            homes: &self.homes,
            layout: &self.layout,
            parts: &self.parts,
            bindings: &self.flow.bindings,
            successors: &self.successors,
        }
    }

    /// The code, and which guards drop what the machine holds where it waits.
    fn generate(&self, input: &Input, dump: &mut Dump) -> (TokenStream, Scopes) {
        let (tokens, scopes) = generate::expression(input, &self.compiled());
        dump.generate(&tokens);
        (tokens, scopes)
    }
}
