//! A failing seed, made smaller.

use std::path::Path;

use crate::build::{Outcome, pair, program};

/// Finds one seed of the batch that fails, the smallest budget with which it does, and prints it.
pub(crate) fn explain(folder: &Path, batch: &[u64], budget: u32, checkout: &Path, outcome: Outcome) {
    let (seed, outcome) = find(folder, batch, budget, checkout, outcome);
    let mut smallest = (budget, outcome);
    for smaller in 1..budget {
        match program(folder, &[seed], smaller, checkout) {
            Outcome::Agreed => {}
            outcome => {
                smallest = (smaller, outcome);
                break;
            }
        }
    }
    let (budget, outcome) = smallest;
    let (Outcome::Refused(text) | Outcome::Differed(text)) = outcome else { return };
    println!("seed {seed}, budget {budget}:\n{}\n{text}", pair(seed, budget));
}

/// By halves.
fn find(folder: &Path, batch: &[u64], budget: u32, checkout: &Path, outcome: Outcome) -> (u64, Outcome) {
    if batch.len() == 1 {
        return (batch[0], outcome);
    }
    let (one, other) = batch.split_at(batch.len() / 2);
    match program(folder, one, budget, checkout) {
        Outcome::Agreed => {
            let outcome = program(folder, other, budget, checkout);
            find(folder, other, budget, checkout, outcome)
        }
        outcome => find(folder, one, budget, checkout, outcome),
    }
}
