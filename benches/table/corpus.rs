//! The tables of the corpus: how large, how fast, how long to compile.

use std::fmt::Write as _;
use std::io;
use std::path::Path;

use serde_json::Value;
use zokio_benches::corpus::{Pair, pairs, world::World};
use zokio_benches::results;

use crate::results as criterion;

/// The tables whose benches have run. Empty if none has.
///
/// # Errors
///
/// Those of the file system, and a file that is not criterion's.
pub(crate) fn tables(measured: &Path) -> io::Result<String> {
    let release = results::read("instructions-release");
    let dev = results::read("instructions-dev");
    let coroutines = results::read("instructions-dev-coroutines");
    let times = criterion::read_some(measured)?;
    let mut tables = Vec::new();
    if release.is_some() || dev.is_some() {
        tables.push(bodies(release.as_ref(), dev.as_ref(), &times));
    }
    tables.extend(coroutines.and_then(|counts| debug_coroutines(&counts)));
    tables.extend(results::read("compile_time").and_then(|measured| compile_time(&measured)));
    Ok(tables.join("\n"))
}

/// One row per body: sizes, time, instructions. Ratios are machine / native.
fn bodies(release: Option<&Value>, dev: Option<&Value>, times: &criterion::Results) -> String {
    let mut text = "### The corpus: machine / native\n\n\
        | | native, bytes | machine, bytes | size | time | instructions, ready | pending | debug, ready | pending |\n\
        |---|--:|--:|--:|--:|--:|--:|--:|--:|\n"
        .to_owned();
    let mut columns: [Vec<f64>; 6] = Default::default();
    for pair in pairs() {
        let name = pair.name();
        let (native, machine) = sizes(&pair);
        let time = |side| times.figure(&format!("corpus {name}"), side).map(|figure| figure.lowest);
        let ratios = [
            Some(machine as f64 / native as f64),
            time("machine").zip(time("native")).map(|(machine, native)| machine / native),
            counted(release, "ready", &name),
            counted(release, "pending", &name),
            counted(dev, "ready", &name),
            counted(dev, "pending", &name),
        ];
        write!(text, "| {name} | {native} | {machine} |").expect("a string takes everything");
        for (ratio, column) in ratios.iter().zip(&mut columns) {
            column.extend(ratio);
            cell(&mut text, *ratio);
        }
        text.push('\n');
    }
    for (label, condense) in [("geometric mean", mean as fn(&[f64]) -> f64), ("largest", largest)] {
        write!(text, "| **{label}** | | |").expect("a string takes everything");
        for column in &columns {
            cell(&mut text, (!column.is_empty()).then(|| condense(column)));
        }
        text.push('\n');
    }
    text
}

/// How many times as many instructions the second side of a case takes.
fn counted(counts: Option<&Value>, kind: &str, name: &str) -> Option<f64> {
    let sides = &counts?[kind][name];
    Some(sides[1].as_f64()? / sides[0].as_f64()?)
}

/// What debug builds of coroutines take, in the mean.
fn debug_coroutines(counts: &Value) -> Option<String> {
    let mean = |kind| {
        let ratios: Option<Vec<f64>> = pairs().iter().map(|pair| counted(Some(counts), kind, &pair.name())).collect();
        ratios.map(|ratios| mean(&ratios))
    };
    let (ready, pending) = (mean("ready")?, mean("pending")?);
    Some(format!(
        "Debug builds with `ZOKIO_DEBUG=coroutines` take {ready:.2} times native's instructions where leaves are ready, {pending:.2} times \
         where they are pending (geometric means).\n"
    ))
}

fn sizes(pair: &Pair) -> (usize, usize) {
    let world = || World::new(1, 0);
    ((pair.native.run)(&world()).size, (pair.machine.run)(&world()).size)
}

fn cell(text: &mut String, ratio: Option<f64>) {
    match ratio {
        Some(ratio) => write!(text, " {ratio:.2} |"),
        None => write!(text, " / |"),
    }
    .expect("a string takes everything");
}

fn mean(ratios: &[f64]) -> f64 {
    (ratios.iter().map(|ratio| ratio.ln()).sum::<f64>() / ratios.len() as f64).exp()
}

fn largest(ratios: &[f64]) -> f64 {
    ratios.iter().copied().fold(f64::NEG_INFINITY, f64::max)
}

/// What is compiled, and the shares of what a machine costs beyond native `async`.
fn compile_time(measured: &Value) -> Option<String> {
    let functions = measured["functions"].as_u64()?;
    let mut text = format!(
        "### Compiling {functions} functions, seconds of processor time\n\n\
         | | native | machines | ratio | macro | witness | machine |\n|---|--:|--:|--:|--:|--:|--:|\n"
    );
    for (command, what) in
        [("check", "`cargo check`, machines too"), ("build", "`cargo build`"), ("release", "`cargo build --release`")]
    {
        let seconds = |variant: &str| measured[command][variant].as_f64();
        let (native, nothing, witness, whole) =
            (seconds("native")?, seconds("nothing")?, seconds("witness")?, seconds("whole")?);
        if command == "check" {
            let used = seconds("used")?;
            writeln!(text, "| `cargo check` | {native:.2} | {used:.2} | {:.2} | | | |", used / native)
                .expect("a string takes everything");
        }
        writeln!(
            text,
            "| {what} | {native:.2} | {whole:.2} | {:.2} | {:.2} | {:.2} | {:.2} |",
            whole / native,
            nothing - native,
            witness - (nothing - native),
            whole - witness,
        )
        .expect("a string takes everything");
        if command == "build" {
            let seconds = seconds("coroutines")?;
            writeln!(
                text,
                "| {what}, `ZOKIO_DEBUG=coroutines` | {native:.2} | {seconds:.2} | {:.2} | | | |",
                seconds / native
            )
            .expect("a string takes everything");
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn shares_add_up_to_the_whole() {
        let seconds =
            json!({"native": 1.0, "nothing": 1.5, "witness": 1.75, "whole": 3.5, "used": 1.5, "coroutines": 1.25});
        let measured = json!({"functions": 200, "check": seconds, "build": seconds, "release": seconds});
        let text = compile_time(&measured).unwrap();
        assert!(text.contains("| `cargo check` | 1.00 | 1.50 | 1.50 | | | |"), "{text}");
        assert!(text.contains("| `cargo check`, machines too | 1.00 | 3.50 | 3.50 | 0.50 | 1.25 | 1.75 |"), "{text}");
        assert!(text.contains("| `cargo build`, `ZOKIO_DEBUG=coroutines` | 1.00 | 1.25 | 1.25 | | | |"), "{text}");
        assert_eq!(compile_time(&json!({"functions": 200})), None);
    }

    #[test]
    fn a_mean_of_ratios_is_geometric() {
        assert!((mean(&[0.5, 2.0]) - 1.0).abs() < 1e-9);
        assert!((largest(&[0.5, 2.0]) - 2.0).abs() < 1e-9);
    }

    #[test]
    fn a_body_that_was_not_measured_has_its_sizes() {
        let text = bodies(None, None, &criterion::Results::default());
        assert!(text.contains("| layers::wrappers | 12300 | 1036 | 0.08 | / | / | / | / | / |"), "{text}");
    }
}
