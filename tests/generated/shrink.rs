//! A failing seed, made smaller.

use std::path::Path;

use crate::build::{Outcome, budget, pair, programs};

/// Finds one seed of the batch that fails, the smallest budget with which it does, and prints it.
pub(crate) fn explain(folder: &Path, batch: &[u64], checkout: &Path, outcome: Outcome) {
    let (seed, outcome) = find(folder, batch, checkout, outcome);
    let mut smallest = (budget(seed), outcome);
    for smaller in 1..budget(seed) {
        match programs(folder, &[seed], Some(smaller), checkout) {
            Outcome::Agreed => {}
            outcome => {
                smallest = (smaller, outcome);
                break;
            }
        }
    }
    let (budget, outcome) = smallest;
    let (Outcome::Refused(text) | Outcome::Differed(text)) = outcome else { return };
    println!("seed {seed}, budget {budget}:\n{}\n{text}", pair(seed, Some(budget)));
}

/// By halves.
fn find(folder: &Path, batch: &[u64], checkout: &Path, outcome: Outcome) -> (u64, Outcome) {
    if batch.len() == 1 {
        return (batch[0], outcome);
    }
    let (one, other) = batch.split_at(batch.len() / 2);
    match programs(folder, one, None, checkout) {
        Outcome::Agreed => {
            let outcome = programs(folder, other, None, checkout);
            find(folder, other, checkout, outcome)
        }
        outcome => find(folder, one, checkout, outcome),
    }
}
