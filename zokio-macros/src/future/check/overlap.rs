//! Which locals share memory, as the layout has it: every local of the frame is in it once.

use super::{Fault, What};
use crate::future::generate::{Compiled, Home};
use crate::future::layout::Part;
use crate::future::local::LocalId;

/// For each local: those whose memory is also its own.
pub(super) fn overlap(compiled: &Compiled<'_>, faults: &mut Vec<Fault>) -> Vec<Vec<LocalId>> {
    let mut overlap = vec![Vec::new(); compiled.locals.len()];
    let slots: Vec<LocalId> = compiled.layout.parts.iter().flat_map(|part| place(part, &mut overlap)).collect();
    let mut times = vec![0; compiled.locals.len()];
    for slot in &slots {
        times[slot.0] += 1;
    }
    for local in compiled.locals.ids() {
        match (compiled.homes[local.0] == Home::Frame, times[local.0]) {
            (true, 0) => faults.push(Fault::of_frame(What::NoSlot, local)),
            (true, 1) | (false, 0) => {}
            _ => faults.push(Fault::of_frame(What::Slots, local)),
        }
    }
    overlap
}

/// The slots within a part; those of two sides of an `Either` share memory.
fn place(part: &Part, overlap: &mut [Vec<LocalId>]) -> Vec<LocalId> {
    match part {
        Part::Slot(local) => vec![*local],
        Part::Beside(parts) => parts.iter().flat_map(|part| place(part, overlap)).collect(),
        Part::Either(parts) => {
            let mut all: Vec<LocalId> = Vec::new();
            for part in parts {
                let these = place(part, overlap);
                for (one, other) in all.iter().flat_map(|one| these.iter().map(move |other| (*one, *other))) {
                    overlap[one.0].push(other);
                    overlap[other.0].push(one);
                }
                all.extend(these);
            }
            all
        }
    }
}
