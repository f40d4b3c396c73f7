//! What was said -> the machine: states with numbers, transitions between them.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::ext::IdentExt;
use syn::{Fields, Generics, Path, Visibility};

use super::graph::{Graph, StateId};
use super::input::{Input, Said};
use super::keys::Keys;
use super::name::snake_case;
use super::words::End;
use crate::diagnostics::Faults;
use crate::diagnostics::messages::{Message, list};
use crate::diagnostics::nearest::nearest;
use crate::runtime::value::{CratePath, ReportTo};

/// The machine.
#[derive(Debug)]
pub(super) struct Model {
    pub(super) visibility: Visibility,
    pub(super) name: Ident,
    pub(super) generics: Generics,
    /// The path of zokio.
    pub(super) krate: Path,
    pub(super) report: ReportTo,
    pub(super) output: TokenStream,
    pub(super) start: StateId,
    pub(super) states: Vec<State>,
    pub(super) graph: Graph,
    /// Whether all transitions are understood.
    pub(super) understood: bool,
}

/// One state.
#[derive(Debug)]
pub(super) struct State {
    pub(super) id: StateId,
    pub(super) name: Ident,
    pub(super) fields: Fields,
    pub(super) future: Option<usize>,
    pub(super) end: Option<End>,
    /// Its successors as they are written: those of the graph, in the same order.
    pub(super) to: Vec<Ident>,
    /// The user's function for it.
    pub(super) on: Ident,
    /// The enum of what that may choose.
    pub(super) after: Ident,
}

impl Model {
    /// Finds the states that are meant; nothing where the machine has no start.
    pub(super) fn new(input: Input, faults: &mut Faults) -> Option<Self> {
        let Input { visibility, name, generics, keys, states: said } = input;
        let names: Vec<String> = said.iter().map(|said| said.name.to_string()).collect();
        let start = start(&name, &keys, &names, faults);
        let mut understood = true;
        let mut states = Vec::new();
        let mut successors = Vec::new();
        for Said { name: state, fields, future, words } in said {
            understood &= !words.unreadable;
            let (mut to, mut ids) = (Vec::new(), Vec::new());
            for target in words.to {
                match find(&target, &names, faults) {
                    Some(id) if ids.contains(&id) => {
                        let message = Message::new(format!("`{target}` is there twice"), format!("`{target}` once"))
                            .because("one transition leads from a state to another");
                        faults.add(target, message);
                    }
                    Some(id) => {
                        ids.push(id);
                        to.push(target);
                    }
                    None => understood = false,
                }
            }
            let plain = state.unraw();
            states.push(State {
                id: StateId(states.len()),
                on: format_ident!("on_{}", snake_case(&plain.to_string()), span = state.span()),
                after: format_ident!("{}After{plain}", name.unraw(), span = state.span()),
                name: state,
                fields,
                future,
                end: words.end,
                to,
            });
            successors.push(ids);
        }
        let Keys { output, report, krate, .. } = keys;
        Some(Self {
            visibility,
            name,
            generics,
            krate: krate.unwrap_or_else(CratePath::zokio).0,
            report: report.unwrap_or(ReportTo::File),
            output: output.map_or_else(|| quote!(()), |output| quote!(#output)),
            start: start?,
            states,
            graph: Graph::new(successors),
            understood,
        })
    }
}

fn start(machine: &Ident, keys: &Keys, names: &[String], faults: &mut Faults) -> Option<StateId> {
    match &keys.start {
        Some(start) => find(start, names, faults),
        None if keys.unreadable => None,
        None => {
            let first = names.first()?;
            let message = Message::new(
                format!("`{machine}` has no start"),
                format!("`#[state_machine(start = {first})]` above it, for example"),
            )
            .because("a machine begins in one state");
            faults.add(machine, message);
            None
        }
    }
}

/// The state of that name.
fn find(name: &Ident, names: &[String], faults: &mut Faults) -> Option<StateId> {
    let found = names.iter().position(|known| name == known).map(StateId);
    if found.is_none() {
        let known: Vec<&str> = names.iter().map(String::as_str).collect();
        let near = names.iter().map(|name| snake_case(name)).collect::<Vec<_>>();
        let near: Vec<&str> = near.iter().map(String::as_str).collect();
        let near = nearest(&snake_case(&name.to_string()), &near)
            .and_then(|found| near.iter().position(|name| *name == found));
        let write = match near {
            Some(near) => format!("`{}`, which is the nearest", known[near]),
            None => "one of them, or a variant of that name".to_owned(),
        };
        let message = Message::new(format!("there is no state `{name}`"), write)
            .because(format!("the states are the variants: {}", list(&known)));
        faults.add(name, message);
    }
    found
}
