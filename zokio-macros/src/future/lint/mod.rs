//! Lints of a body, which rustc does not have: calls that block, guards and large values that an await holds.
//!
//! Syntax suggests, types decide. The macro looks for names ([`known`]), and where it finds one, the expansion asks rustc: is this the
//! function, the type of std? The answer selects a method that is deprecated or one that is not, with the span of the user's
//! token. The core's module `lint` has the questions and says how they work.

mod call;
mod glance;
mod held;
mod known;
mod made;
mod name;
mod size;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::Block;

pub(crate) use self::name::{Allowed, Lint, Names};
use super::generate::Compiled;
use super::input::Input;
use super::local::LocalId;

/// What is asked about a body.
#[derive(Debug, Default)]
pub(crate) struct Lints {
    /// The lints that are switched off.
    allowed: Allowed,
    /// What stands before the witness: one question for each call that may block.
    questions: TokenStream,
    /// What stands behind it: a warning, where the types say so.
    answers: TokenStream,
}

/// Asks about the calls of a body, if the lint is not switched off. The body is the witness's.
pub(crate) fn calls(body: &Block, arguments: &[Ident], allowed: Allowed, z: &TokenStream) -> (Block, Lints) {
    if allowed.contains(Lint::BlockingCall) {
        return (body.clone(), Lints { allowed, ..Lints::default() });
    }
    let (body, questions, answers) = call::ask(body, arguments, z);
    (body, Lints { allowed, questions, answers })
}

/// Asks a machine about its slots; `places` are the names of its arguments' and of what else it has, `place` the name of one.
pub(crate) fn slots(
    input: &Input,
    compiled: &Compiled<'_>,
    places: [&[Ident]; 2],
    place: impl Fn(LocalId) -> Ident,
) -> TokenStream {
    let (guards, sizes) = (held::ask(input, compiled, places, &place), size::ask(input, compiled));
    answered(&quote!(#guards #sizes))
}

/// Whether slots may be asked about at all, as far as a glance at the body tells.
pub(crate) fn may_ask_slots(input: &Input) -> bool {
    let types = || input.arguments.iter().filter_map(|argument| argument.ty.as_ref());
    types().any(|ty| known::is_guard(ty) || size::is_large_type(ty)) || glance::has_any(&input.body)
}

/// What is asked of slots without a machine; none, if it is asked what they hold, which only a machine can answer.
pub(crate) fn sizes(input: &Input, compiled: &Compiled<'_>) -> Option<TokenStream> {
    let nameless = |_| Ident::new("place", Span::mixed_site());
    held::ask(input, compiled, [&[]; 2], &nameless).is_empty().then(|| answered(&size::ask(input, compiled)))
}

/// The witness, with what is asked and answered around it.
pub(crate) fn witness(input: &Input, witness: TokenStream) -> TokenStream {
    let Lints { questions, answers, .. } = &input.lints;
    if answers.is_empty() {
        return witness;
    }
    let (answers, machine) = (answered(answers), Ident::new("machine", Span::mixed_site()));
    quote!(#questions let #machine = #witness; #answers #machine)
}

/// The code that warns, if there is some: it is never reached.
pub(crate) fn answered(answers: &TokenStream) -> TokenStream {
    if answers.is_empty() {
        return TokenStream::new();
    }
    quote! {
        #[allow(unused, clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
        {
            if false {
                loop {}
                #answers
            }
        }
    }
}

/// The first await that holds a local.
fn first_await(compiled: &Compiled<'_>, local: LocalId) -> Option<usize> {
    let held = compiled.liveness.held.iter().position(|held| held.contains(local))?;
    compiled.nodes.sources.get(held).map(|source| source.span.start().line)
}
