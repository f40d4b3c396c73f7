//! Whether every state is reached and leads to an end, and what each calls is its own.

use super::model::{Model, State};
use crate::diagnostics::Faults;
use crate::diagnostics::messages::{Message, list};

/// Adds what is wrong with the machine as a whole.
pub(super) fn check(model: &Model, faults: &mut Faults) {
    functions(model, faults);
    if !model.understood {
        return;
    }
    reached_from_the_start(model, faults);
    lead_to_an_end(model, faults);
}

fn reached_from_the_start(model: &Model, faults: &mut Faults) {
    let reached = model.graph.reached([model.start]);
    for (State { name, .. }, reached) in model.states.iter().zip(reached) {
        if !reached {
            let start = &model.states[model.start.0].name;
            let message = Message::new(
                format!("`{name}` is never reached"),
                format!("`{name}` into the `to(..)` of a state that leads here, or the enum without it"),
            )
            .because(format!("no transition leads here from the start, `{start}`"));
            faults.add(name, message);
        }
    }
}

fn lead_to_an_end(model: &Model, faults: &mut Faults) {
    let ends = || model.states.iter().filter(|state| state.end.is_some()).map(|state| state.id);
    if ends().next().is_none() {
        let message = Message::new(
            format!("`{}` has no end", model.name),
            "`#[state(end)]` above the state in which the machine returns, or `#[state(failed)]`",
        )
        .because("its future would never be ready");
        faults.add(&model.name, message);
        return;
    }
    let ending = model.graph.reversed().reached(ends());
    for (State { name, .. }, ends) in model.states.iter().zip(&ending) {
        if !ends {
            let around = model.states.iter().zip(&ending).filter(|(_, ends)| !**ends);
            let around: Vec<String> = around.map(|(state, _)| state.name.to_string()).collect();
            let around: Vec<&str> = around.iter().map(String::as_str).collect();
            let message =
                Message::new(format!("`{name}` never leads to an end"), "a transition `to(..)` that leads out")
                    .because(format!("once here, the machine goes round among {} for ever", list(&around)));
            faults.add(name, message);
        }
    }
}

/// Two states may have one name as functions.
fn functions(model: &Model, faults: &mut Faults) {
    for (index, State { name, on, .. }) in model.states.iter().enumerate() {
        if let Some(earlier) = model.states[..index].iter().find(|earlier| earlier.on == *on) {
            let message = Message::new(format!("`{name}` would call `{on}`"), "another name for one of the two")
                .because(format!("that is the function of `{}`", earlier.name));
            faults.add(name, message);
        }
    }
}
