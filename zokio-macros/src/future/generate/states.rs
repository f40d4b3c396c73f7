//! What is said of the states: their names, what they hold, and what is dropped in them.

use proc_macro2::TokenStream;
use quote::ToTokens;

use super::Generator;
use super::data::{Data, Full, Named};
use crate::future::layout::Part;
use crate::future::local::{LocalId, Origin};
use crate::future::order::Source;

/// What is said of a machine of which no more is known than what it awaits.
pub(crate) fn states(sources: &[Source], name: &impl ToTokens, z: &impl ToTokens) -> TokenStream {
    let mut data = Data::default();
    data.state(None, &[], &[], &[]);
    sources.iter().for_each(|source| data.state(Some(&named(source)), &[], &[], &[]));
    data.constant(name, z)
}

fn named(source: &Source) -> Named<'_> {
    let start = source.span.start();
    Named { name: &source.name, line: start.line, column: start.column + 1, awaited: &source.text }
}

impl Generator<'_> {
    /// What is said of the machine. The guards of the body have been declared by now.
    pub(super) fn said(&self, name: &impl ToTokens) -> TokenStream {
        let mut data = Data::default();
        let order = self.in_order();
        let (locals, liveness) = (self.compiled.locals, self.compiled.liveness);
        for (local, _) in &order {
            let name = match locals[*local].origin {
                // The state has its name.
                Origin::Awaited => String::new(),
                _ => locals[*local].name.to_string(),
            };
            let unresumed = self.compiled.arguments.contains(local).then_some(0);
            let held = liveness.held.iter().enumerate().filter(|(_, held)| held.contains(*local));
            let states: Vec<usize> = unresumed.into_iter().chain(held.map(|(index, _)| index + 1)).collect();
            data.slot(&name, &states);
        }
        let successors =
            |state: usize| self.compiled.successors.get(state).map_or(&[] as &[usize], |states| states.as_slice());
        data.state(None, &[], successors(0), &self.unresumed(&order));
        for (index, source) in self.compiled.nodes.sources.iter().enumerate() {
            let held = liveness.held[index].iter();
            let held = held.filter(|local| matches!(locals[*local].origin, Origin::Argument | Origin::Bound));
            let slot = |local: LocalId| order.iter().position(|(known, _)| *known == local);
            let held: Vec<usize> = held.filter_map(slot).collect();
            data.state(Some(&named(source)), &held, successors(index + 1), &self.record(index + 1, &order));
        }
        data.constant(name, self.z)
    }

    /// Before the first poll, captures are dropped in their own order.
    fn unresumed(&self, order: &[(LocalId, Vec<u8>)]) -> Vec<Full> {
        let full = |local: &LocalId| Full { flag: None, awaited: false, ..self.full_slot(*local, order) };
        self.compiled.arguments.iter().map(full).collect()
    }

    /// What is in scope at an await, the last one first: what the poll function's guards own, and what is awaited.
    fn record(&self, number: usize, order: &[(LocalId, Vec<u8>)]) -> Vec<Full> {
        let held = &self.compiled.liveness.held[number - 1];
        let awaited = held.iter().find(|local| self.compiled.locals[*local].origin == Origin::Awaited);
        let declared = self.declared.borrow();
        let dropped = declared.iter().rev().filter(|local| self.is_dropped(**local) && held.contains(**local));
        let full = |local: &LocalId| {
            let full = self.full_slot(*local, order);
            let flag = full.flag.filter(|_| self.is_uncertain(*local, number));
            Full { flag, awaited: awaited == Some(*local), ..full }
        };
        dropped.map(full).collect()
    }

    fn full_slot(&self, local: LocalId, order: &[(LocalId, Vec<u8>)]) -> Full {
        let path = order.iter().find(|(known, _)| *known == local).map(|(_, path)| path.clone());
        let layout = self.compiled.layout;
        Full {
            dropped: self.is_dropped(local),
            awaited: false,
            path: path.unwrap_or_default(),
            flag: layout.flags.iter().position(|flag| *flag == local),
            moved: self.parts_of(local).first().map(|(index, _)| layout.flags.len() + index),
        }
    }

    /// The slots of the frame, in its order, with their paths in it.
    pub(super) fn in_order(&self) -> Vec<(LocalId, Vec<u8>)> {
        let mut order = Vec::new();
        in_order(&self.compiled.layout.parts, &mut Vec::new(), &mut order);
        order
    }
}

fn in_order(parts: &[Part], path: &mut Vec<u8>, order: &mut Vec<(LocalId, Vec<u8>)>) {
    for (index, part) in parts.iter().enumerate() {
        path.push(u8::try_from(index).expect("no more parts are beside each other than a tuple has"));
        match part {
            Part::Slot(local) => order.push((*local, path.clone())),
            Part::Beside(parts) | Part::Either(parts) => in_order(parts, path, order),
        }
        path.pop();
    }
}
