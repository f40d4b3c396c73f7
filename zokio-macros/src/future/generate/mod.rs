//! The machine's code: its frame, its poll function, its states, and the witness.

mod alone;
mod bind;
mod blocks;
mod body;
mod callee;
mod capture;
mod control;
mod data;
mod enclosed;
mod expr;
mod fields;
mod forget;
mod frame;
mod gate;
mod guards;
mod homes;
mod leave;
mod part;
mod places;
mod rest;
mod scope;
mod shape;
mod states;
mod steps;
mod taken;
mod witness;

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};

pub(crate) use self::callee::{is_asked, plain};
pub(crate) use self::homes::homes;
pub(crate) use self::leave::is_error;
use self::places::Places;
pub(crate) use self::states::states;
pub(crate) use self::witness::checked;
use super::flow::{Binding, Flow, Part};
use super::input::Input;
use super::layout::Layout;
use super::left::End;
use super::liveness::Liveness;
use super::local::{AwaitId, Local, LocalId, Locals, Origin, UseId};
use super::macros;
use super::order::{Block, Nodes};
use syn::Pat;

/// Where a local lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Home {
    /// Where Rust puts it: it is used between two places where the poll function can be entered.
    Plain,
    /// In a slot on the stack of the poll function: no await holds it.
    Stack,
    /// In a slot of the frame.
    Frame,
}

/// Everything that is known of a body.
pub(crate) struct Compiled<'c> {
    pub(crate) locals: &'c Locals,
    pub(crate) nodes: &'c Nodes,
    pub(crate) arguments: &'c [LocalId],
    pub(crate) body: &'c Block,
    pub(crate) flow: &'c Flow,
    pub(crate) liveness: &'c Liveness,
    pub(crate) homes: &'c [Home],
    pub(crate) layout: &'c Layout,
    /// The parts that are moved out of their locals.
    pub(crate) parts: &'c [Moved],
    /// What patterns move out of locals.
    pub(crate) bindings: &'c [Binding],
    /// The states that may follow each state.
    pub(crate) successors: &'c [Vec<usize>],
}

/// Something that is moved out of a local, of which the rest stays.
#[derive(Debug)]
pub(crate) struct Moved {
    pub(crate) local: LocalId,
    pub(crate) what: What,
}

#[derive(Debug)]
pub(crate) enum What {
    /// A field, and the number by which decisions name it.
    Field { number: usize, part: Part },
    /// What a pattern binds.
    Pattern { arm: (UseId, usize), pat: Box<Pat> },
}

/// For each await: the locals whose guards drop them where the machine is dropped while it waits there.
pub(crate) type Scopes = Vec<(usize, Vec<LocalId>)>;

/// The future: a machine, and the original in a branch that is never taken.
pub(crate) fn expression(input: &Input, compiled: &Compiled<'_>) -> (TokenStream, Scopes) {
    let output = &input.output;
    let core = of_core("__zokio");
    let ends = End::of_input(input);
    let mut generator = Generator {
        compiled,
        guarded: guards::guarded(compiled),
        alone: alone::alone(compiled),
        kinds: kinds(compiled),
        fields: HashMap::new(),
        z: &core,
        output,
        tied: RefCell::default(),
        scope: RefCell::default(),
        declared: RefCell::default(),
        scopes: RefCell::default(),
        shown: RefCell::default(),
        lends: Cell::new(false),
        unknown: macros::has_unknown(input.body.to_token_stream()),
        encloses: Cell::new(false),
        fails: Cell::new(false),
        ends,
        makes: syn::parse2(output.clone()).is_ok_and(|ty| super::plain::is_made(&ty)),
        awaited: Cell::new(false),
        generic: input.generic,
        aliases: RefCell::default(),
        taken: RefCell::default(),
        wholes: RefCell::default(),
    };
    let places = generator.places();
    generator.fields = places.fields();
    let machine = generator.machine(input, &places);
    let place = |local| generator.named("place", local);
    let arguments: Vec<Ident> = compiled.arguments.iter().map(|local| place(*local)).collect();
    let rest: Vec<Ident> = places.rest().map(|(name, _)| name.clone()).collect();
    let slots = super::lint::slots(input, compiled, [&arguments, &rest], place);
    let witness = witness::witness(input, ends, &generator.taken.take(), &generator.wholes.take());
    // The other allowances are the machine's alone: of the witness, users hear what they hear of their own code.
    let tokens = quote! {
        if false {
            #witness
        } else {
            #[allow(warnings, unused, clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
            // Of the last two the compiler says nothing in a coroutine.
            #[allow(dangerous_implicit_autorefs, arithmetic_overflow, unconditional_panic)]
            let machine = #machine;
            #slots
            machine
        }
    };
    (tokens, generator.scopes.into_inner())
}

/// The awaited futures of which it is asked how a chain goes on there: those that may be pointers, or people's own machines. What functions
/// return is taken to be neither.
fn kinds(compiled: &Compiled<'_>) -> Vec<LocalId> {
    let kinds = compiled.nodes.pointers().into_iter();
    kinds.filter(|local| compiled.homes[local.0] == Home::Frame).collect()
}

struct Generator<'g> {
    compiled: &'g Compiled<'g>,
    /// The methods that take their receivers by their names.
    taken: RefCell<Vec<Ident>>,
    /// Those that closures move, each by its name where it is used first within.
    wholes: RefCell<Vec<Ident>>,
    /// Of each local, whether its slot has a guard.
    guarded: Vec<bool>,
    /// See [`alone`].
    alone: HashSet<UseId>,
    /// See [`kinds`].
    kinds: Vec<LocalId>,
    /// Of the slots in the frame, which of the [`Places`] they are, where those are fields.
    fields: HashMap<LocalId, usize>,
    /// The name of the core's module within the machine: paths are what expansions consist of, and cost whoever compiles them.
    z: &'g Ident,
    output: &'g TokenStream,
    /// The locals whose destructors are written already.
    tied: RefCell<Vec<LocalId>>,
    /// The guards in scope, in the order of their declaration.
    scope: RefCell<Vec<LocalId>>,
    /// Whether `return` and `?` are those of an `async` block around a macro.
    encloses: Cell<bool>,
    /// Whether something leaves the body as a failure.
    fails: Cell<bool>,
    /// How the body ends.
    ends: End,
    /// Whether the type that it returns is written, and one that calls make.
    makes: bool,
    /// The names that locals have within a macro.
    aliases: RefCell<Vec<(LocalId, Ident)>>,
    /// Whether there may be type parameters.
    generic: bool,
    /// Whether the expression that comes next is what an await awaits.
    awaited: Cell<bool>,
    /// Whether a use is lent by the local's scope rather than by the slot.
    lends: Cell<bool>,
    /// Whether there is a macro that may do anything with what it is given: then whatever it is given is bound to the scope it is from.
    unknown: bool,
    /// What guards of arms look at before it is bound.
    shown: RefCell<Vec<LocalId>>,
    /// The guards of the frame's slots, in the order of their declaration.
    declared: RefCell<Vec<LocalId>>,
    /// For each await: what is in scope there.
    scopes: RefCell<Scopes>,
}

/// The label of the body: whatever leaves it, leaves its block. A `return` would name the types of all slots, each time.
fn label() -> syn::Lifetime {
    syn::Lifetime::new("'body", Span::mixed_site())
}

/// The label of all that is done before the machine waits. Another one than the body's: what is left to it has been forgotten by its
/// guards, what is left to the other has not, and the compiler keeps the two apart.
fn waits() -> syn::Lifetime {
    syn::Lifetime::new("'wait", Span::mixed_site())
}

/// What a machine is described by.
fn described() -> Ident {
    of_core("__ZokioDescribed")
}

/// A name of the expansion's own: such as no item of the user's has, since items are seen wherever they are.
fn own(name: &str) -> Ident {
    Ident::new(&format!("__zokio_{name}"), Span::mixed_site())
}

/// The name of something that the core has.
fn of_core(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

impl Generator<'_> {
    fn home(&self, local: LocalId) -> Home {
        self.compiled.homes[local.0]
    }

    fn guard(&self, local: LocalId) -> Ident {
        self.named("guard", local)
    }

    /// A name that belongs to a local: where the source has names, it is seen where the local's own name is.
    fn named(&self, what: &str, local: LocalId) -> Ident {
        let Local { name, span, origin, .. } = &self.compiled.locals[local];
        // What is said of a future's slot is said of the `await`.
        let span = if *origin == Origin::Awaited { *span } else { name.span() };
        format_ident!("__zokio_{what}_{}", local.0, span = span)
    }

    fn is_reference(&self, local: LocalId) -> bool {
        matches!(self.compiled.locals[local].ty, Some(syn::Type::Reference(_)))
    }

    fn is_receiver(&self, local: LocalId) -> bool {
        self.compiled.locals[local].origin == Origin::Receiver
    }

    fn machine(&self, input: &Input, places: &Places) -> TokenStream {
        let (z, output, krate) = (self.z, self.output, &input.krate);
        let (frame, cx, at, types) = (own("frame"), own("cx"), own("at"), own("types"));
        let (given, compiled, find) = (own("given"), own("body"), own("find"));
        let arguments = self.compiled.arguments;
        let values = input.arguments.iter().map(|argument| argument.value(&argument.name, z));
        let guards = self.guards(arguments);
        let body = self.block(self.compiled.body, None);
        let (label, wait, ended) = (label(), waits(), self.ended());
        let span = input.returned.first;
        let step = quote_spanned!(span=> step::<_, _, #output>);
        let returned = input.returned.of_call(z, &step, &quote!(#types, #z::any(), #z::any()));
        let expected = quote!(if false { return #returned; });
        let value = own("returned");
        // Where the witness is told its type by a `return`, so is the machine.
        let result = (self.ends == End::Value).then(|| quote!(-> #z::Step<_, #output>));
        let shape = self.shape(&input.path, places);
        let (all, rest) = (places.bound(), places.rest_values());
        // What is named here, the user's own code sees too: so names are such as nobody else has.
        let described = described();
        quote! {{
            use #krate as #z;
            use #z::refusals::*;
            struct #described;
            #shape
            unsafe {
                let #given = (#(#values,)*);
                let #compiled = #z::body(
                    &#given,
                    |#frame: *mut (), mut #at: ::core::primitive::usize, #cx: &mut ::core::task::Context<'_>| #result {
                        let #types = #z::Types(::core::marker::PhantomData);
                        #expected
                        let #all = #find(#frame, #types);
                        #wait: {
                            let #value: #output = #label: {
                                #guards
                                #body
                            };
                            #ended
                            return #z::Step {
                                result: ::core::task::Poll::Ready(#value),
                                types: #z::Types(::core::marker::PhantomData),
                            };
                        }
                        if false {
                            return #z::step(#types, (#(#rest,)*), #z::any());
                        }
                        #z::Step {
                            result: ::core::task::Poll::Pending,
                            types: #z::Types(::core::marker::PhantomData),
                        }
                    },
                );
                #z::machine(#described, #given, #compiled)
            }
        }}
    }

    /// Leaves the body with what it returns.
    fn leave_with(&self, returned: &impl ToTokens) -> TokenStream {
        let label = label();
        quote!(break #label #returned)
    }

    /// Whether the machine stands at one of these awaits.
    fn is_at(&self, numbers: &[usize]) -> TokenStream {
        let at = own("at");
        let last = self.compiled.nodes.awaits();
        let mut ranges: Vec<(usize, usize)> = Vec::new();
        for number in numbers {
            match ranges.last_mut() {
                Some((_, end)) if *end + 1 == *number => *end = *number,
                _ => ranges.push((*number, *number)),
            }
        }
        if ranges.is_empty() {
            return quote!(false);
        }
        let alone = ranges.len() == 1;
        let ranges = ranges.iter().map(|(first, end)| match (*first, *end) {
            (first, end) if first == end => quote!(#at == #first),
            // Where the function is asked, it has not ended: it stands at an await, or at none.
            (0, end) if end == last => quote!(true),
            (0, end) => quote!(#at <= #end),
            (1, end) if end == last => quote!(#at != 0),
            (first, end) => quote!(#at >= #first && #at <= #end),
        });
        // Parentheses are tokens too.
        if alone { quote!(#(#ranges)*) } else { quote!((#(#ranges)||*)) }
    }

    fn within(&self, awaits: super::order::Awaits) -> TokenStream {
        match awaits.0 {
            Some((AwaitId(first), AwaitId(last))) => self.is_at(&(first..=last).collect::<Vec<_>>()),
            None => quote!(false),
        }
    }
}
