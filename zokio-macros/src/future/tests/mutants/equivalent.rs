//! Mutants that are as right as what they were made of, each with its reason.

use crate::future::Passes;
use crate::future::plain::is_plain;

/// Where the checker is more exact than `liveness`: body, mutant.
///
/// `liveness` counts a local as borrowed wherever it is borrowed; the checker, only behind that. So it sees that the value of `v` is gone, and
/// that nothing points to it, while the future that has it is awaited.
const MORE_EXACT: &[(&str, &str)] =
    &[("loops::moved_in_a_loop", "slots v_1 future_4 shared"), ("loops::moved_in_a_loop", "v_1 on the stack")];

/// Where a method's receiver is known to be `Copy`, or is borrowed anew, and is asked nevertheless: the answer is that it stays.
const KNOWN: &[(&str, &str)] = &[
    ("lines::coerced", "decision s_2 Place -> Ask"),
    ("lines::a_reference_in_a_tail", "decision none_5 Place -> Ask"),
    ("references::a_closure_changes_the_reference_itself", "decision r_3 Place -> Ask"),
    ("receivers::a_shared_reference_that_its_methods_write_to", "decision data_1 Place -> Ask"),
    ("receivers::a_shared_reference_that_its_methods_write_to", "decision rest_3 Place -> Ask"),
    ("references::a_closure_writes_to_a_slice_that_gets_shorter", "decision output_2 Place -> Ask"),
    ("references::a_closure_writes_to_a_slice_that_gets_shorter", "decision bytes_1 Place -> Ask"),
    ("references::a_block_writes_to_a_slice_that_gets_shorter", "decision output_2 Place -> Ask"),
    ("references::a_block_writes_to_a_slice_that_gets_shorter", "decision bytes_1 Place -> Ask"),
    ("temporaries::what_a_temporary_refers_to_is_borrowed", "decision boxed_1 Place -> Ask"),
    ("temporaries::what_a_temporary_refers_to_is_borrowed", "decision one_2 Place -> Ask"),
];

/// Whether nothing that matters was changed.
pub(super) fn changes_nothing(body: &str, mutant: &str, passes: &Passes) -> bool {
    // It is asked whether the place is full instead of known: the same answer, later.
    let asked = mutant.ends_with("Assign { full: true } -> Assign { full: false }");
    // The same, of a guard that is made when the machine is entered again: another await has given it a flag.
    let flagged = mutant.strip_suffix(" perhaps").is_some_and(|name| {
        passes.layout.flags.iter().any(|flag| name.ends_with(&format!(" {}{flag}", passes.locals[*flag].name)))
    });
    // What has no destructor is overwritten, whether it is there or not.
    let overwritten = mutant.strip_suffix(" Assign { full: false } -> Assign { full: true }").is_some_and(|local| {
        let locals = &passes.locals;
        locals.ids().any(|id| is_plain(locals, id) && local == format!("decision {}{id}", locals[id].name))
    });
    asked || overwritten || flagged || MORE_EXACT.contains(&(body, mutant)) || KNOWN.contains(&(body, mutant))
}
