//! Random bodies: as state machines and as native `async` they do the same.
//!
//! In release the bodies are optimised too. `ZOKIO_EDITION` is what they are compiled by (2024; before that, those with chains of `let`s are left out), `ZOKIO_BODIES` how many (a few hundred by default, so that the tests stay quick), `ZOKIO_SEED` the first seed. After `ZOKIO_SECONDS`, no
//! further thousand is begun: what was left out is said. A seed that fails is shrunk, and both programs are printed.

#![allow(clippy::disallowed_names)]

mod build;
mod grammar;
mod random;
mod shrink;

use std::path::Path;
use std::time::Instant;

use build::Outcome;

/// Bodies that are compiled at a time: more would need more memory than they save time.
const BATCH: u64 = 1_000;

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

fn main() {
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests are a member of the workspace");
    let folder = std::env::temp_dir().join(format!("zokio-bodies-{}", std::process::id()));
    let (first, count) = (number("ZOKIO_SEED", 1), number("ZOKIO_BODIES", 300));
    if number("ZOKIO_PRINT", 0) > 0 {
        println!("{}", build::pair(first, None));
        return;
    }
    let seeds: Vec<u64> = (first..first + count).filter(|seed| build::is_in_edition(*seed)).collect();
    assert!(!seeds.is_empty(), "no body of these seeds is one of the edition");
    let (begun, seconds) = (Instant::now(), number("ZOKIO_SECONDS", u64::MAX));
    let mut failed = false;
    for batch in seeds.chunks(BATCH as usize) {
        if begun.elapsed().as_secs() >= seconds {
            println!(
                "{} bodies from seed {} on are left out: {seconds} s are over",
                first + count - batch[0],
                batch[0]
            );
            break;
        }
        match build::programs(&folder, batch, None, checkout) {
            Outcome::Agreed => println!("{} bodies from seed {} agree", batch.len(), batch[0]),
            outcome => {
                failed = true;
                shrink::explain(&folder, batch, checkout, outcome);
                break;
            }
        }
    }
    let _ = std::fs::remove_dir_all(&folder);
    if failed {
        std::process::exit(1);
    }
}
