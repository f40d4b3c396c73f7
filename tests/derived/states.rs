//! What a machine says of its states.

use std::pin::pin;

use zokio::{Machine, State, StateMachine};

use crate::support::{Events, Fetch, fetch, poll};

fn states() -> &'static [State] {
    Machine::<Fetch>::STATES
}

#[test]
fn all_states_have_names_places_and_successors() {
    let rows: Vec<_> = states().iter().map(|state| (state.name, state.awaited, state.held, state.successors)).collect();
    let expected: &[(&str, &str, &[&str], &[u16])] = &[
        ("Connecting", "connect", &["before", "behind"], &[1, 4]),
        ("Reading", "After", &["Value", "u32"], &[1, 2]),
        ("Counting", "", &["sum", "held"], &[3, 4]),
        ("Done", "", &["u32"], &[]),
        ("Failed", "", &["why"], &[]),
        ("Poisoned", "", &[], &[]),
    ];
    assert_eq!(rows, expected);
    let source = include_str!("support.rs");
    for state in &states()[..5] {
        assert!(state.file.ends_with("derived/support.rs"), "{}", state.file);
        let line = source.lines().nth(state.line as usize - 1).unwrap();
        assert!(line[state.column as usize - 1..].starts_with(state.name), "{line}");
    }
}

#[test]
fn it_stands_where_it_waits() {
    let events = Events::default();
    let mut machine = pin!(fetch(&events, 5));
    let mut story = vec![machine.state().name];
    while !machine.is_completed() {
        let _ = poll(machine.as_mut());
        story.push(machine.state().name);
    }
    assert_eq!(story, ["Connecting", "Connecting", "Reading", "Done"]);
}

#[test]
fn data_can_be_looked_at() {
    let events = Events::default();
    let mut machine = pin!(fetch(&events, 5));
    let _ = poll(machine.as_mut());
    let _ = poll(machine.as_mut());
    assert!(matches!(machine.get(), Some(Fetch::Reading(_, held, 0)) if held.name == "before"));
    assert_eq!(format!("{machine:?}"), r#"Machine { state: "Reading", .. }"#);
}
