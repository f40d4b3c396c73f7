//! Both sides of every case do the same, and the machine is never larger.

use zokio_benches::corpus::{Pair, pairs, world::World};

/// Messages, and how often a poll is pending: never, every second one, seldom.
const WORLDS: [(u32, u32); 6] = [(1, 0), (40, 0), (1, 2), (40, 2), (40, 3), (40, 7)];

/// Machines that are larger, and by how many bytes. What the analysis makes better or worse must be written here.
const LARGER: [(&str, usize); 0] = [];

/// Those that pass arguments down and are larger than half, and by how many bytes.
const MORE_THAN_HALF: [(&str, usize); 1] = [("layers::served", 40)];

/// How large: native, machine.
fn sizes(pair: &Pair) -> (usize, usize) {
    let world = || World::new(1, 0);
    ((pair.native.run)(&world()).size, (pair.machine.run)(&world()).size)
}

/// The bytes by which machines exceed a share of what the compiler makes.
fn excess(pairs: &[Pair], allowed: impl Fn(usize) -> usize) -> Vec<(String, usize)> {
    let over = |pair: &Pair| {
        let (native, machine) = sizes(pair);
        (machine > allowed(native)).then(|| (pair.name(), machine - allowed(native)))
    };
    let mut excess: Vec<_> = pairs.iter().filter_map(over).collect();
    excess.sort();
    excess
}

fn known(exceptions: &[(&str, usize)]) -> Vec<(String, usize)> {
    exceptions.iter().map(|(name, bytes)| ((*name).to_owned(), *bytes)).collect()
}

#[test]
fn there_are_at_least_sixty() {
    assert!(pairs().len() >= 60, "{}", pairs().len());
}

#[test]
fn sides_agree() {
    for pair in pairs() {
        for (rounds, every) in WORLDS {
            let native = (pair.native.run)(&World::new(rounds, every));
            let machine = (pair.machine.run)(&World::new(rounds, every));
            assert_eq!(
                (native.polls, native.digest),
                (machine.polls, machine.digest),
                "{}, {rounds} rounds, pending every {every}",
                pair.name()
            );
        }
    }
}

#[test]
fn what_a_case_returns_depends_on_its_work() {
    let single = ["layers::stack", "layers::router", "layers::envelope", "layers::storage", "layers::wrappers"];
    for pair in pairs() {
        let [few, many] = [8, 40].map(|rounds| (pair.native.run)(&World::new(rounds, 2)));
        assert_eq!(few.digest == many.digest, single.contains(&&*pair.name()), "{}", pair.name());
    }
}

#[test]
fn no_machine_is_larger() {
    assert_eq!(excess(&pairs(), |native| native), known(&LARGER));
}

#[test]
fn what_passes_arguments_down_takes_half() {
    let layers: Vec<_> = pairs().into_iter().filter(|pair| pair.machine.kind == "layers").collect();
    assert_eq!(excess(&layers, |native| native / 2), known(&MORE_THAN_HALF));
}

#[test]
fn ten_wrappers_keep_one_copy_of_their_argument() {
    let wrappers = pairs().into_iter().find(|pair| pair.name() == "layers::wrappers").expect("it is in layers.rs");
    let (native, machine) = sizes(&wrappers);
    assert!(native > 10 * 1024, "{native}");
    assert!(machine * 10 <= 11 * 1024, "{machine}");
}
