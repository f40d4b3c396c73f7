//! What criterion has measured, read from the files that it keeps.

use serde_json::Value;
use std::{
    collections::BTreeMap,
    fs,
    io::{self, ErrorKind},
    path::Path,
    time::{Duration, SystemTime},
};
use zokio_benches::rounds::{ROUNDS, name};

/// All results of a run.
#[derive(Debug, Default)]
pub(crate) struct Results {
    /// Nanoseconds per operation, one figure per round, by measurement and contestant.
    rounds: BTreeMap<(String, String), Vec<f64>>,
    /// When the first and the last were written.
    written: Option<(SystemTime, SystemTime)>,
}

/// The rounds of one contestant, condensed. Nanoseconds per operation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Figure {
    /// The lowest round: what others do on the machine only ever adds.
    pub(crate) lowest: f64,
    /// The middle one: how far the rounds are apart.
    pub(crate) median: f64,
}

/// Reads every measurement below `directory`, which is laid out as measurement, contestant, round.
///
/// # Errors
///
/// Those of the file system, `InvalidData` for a file that is not criterion's, and `NotFound` if there is no result.
pub(crate) fn read(directory: &Path) -> io::Result<Results> {
    let results = read_some(directory)?;
    if results.contestants(&[name::SPAWN_AND_AWAIT, name::YIELD, name::ECHO_PING_PONG, name::ECHO_MANY]).is_empty() {
        return Err(io::Error::new(
            ErrorKind::NotFound,
            "there are no results: run `cargo bench -p zokio-benches --features peers` first",
        ));
    }
    Ok(results)
}

/// The same, of which there may be none.
///
/// # Errors
///
/// Those of the file system, and `InvalidData` for a file that is not criterion's.
pub(crate) fn read_some(directory: &Path) -> io::Result<Results> {
    let mut results = Results::default();
    for measurement in folders(directory)? {
        for contestant in folders(&measurement)? {
            for round in folders(&contestant)? {
                let new = round.join("new");
                if new.is_dir() {
                    results.add(&new)?;
                }
            }
        }
    }
    Ok(results)
}

impl Results {
    fn add(&mut self, new: &Path) -> io::Result<()> {
        let path = new.join("estimates.json");
        let written = fs::metadata(&path)?.modified()?;
        let round = Round::parse(&json(&new.join("benchmark.json"))?, &json(&path)?).ok_or_else(|| invalid(new))?;
        // A round of an earlier run with more rounds.
        if round.number > ROUNDS {
            return Ok(());
        }
        let of_runtimes = !round.measurement.starts_with("corpus ");
        let key = (round.measurement, round.contestant);
        self.rounds.entry(key).or_default().push(round.nanoseconds);
        // Those of the corpus are compared pair by pair.
        if !of_runtimes {
            return Ok(());
        }
        let (first, last) = self.written.get_or_insert((written, written));
        *first = written.min(*first);
        *last = written.max(*last);
        Ok(())
    }

    /// The figure of `contestant` in `measurement`, if it has taken part.
    pub(crate) fn figure(&self, measurement: &str, contestant: &str) -> Option<Figure> {
        let key = (measurement.to_owned(), contestant.to_owned());
        let mut rounds = self.rounds.get(&key)?.clone();
        rounds.sort_by(f64::total_cmp);
        Some(Figure { lowest: rounds[0], median: rounds[rounds.len() / 2] })
    }

    /// Who has taken part in any of `measurements`.
    pub(crate) fn contestants(&self, measurements: &[&str]) -> Vec<String> {
        let mut names: Vec<_> = self
            .rounds
            .keys()
            .filter(|(measurement, _)| measurements.contains(&measurement.as_str()))
            .map(|(_, contestant)| contestant.clone())
            .collect();
        names.sort();
        names.dedup();
        names
    }

    /// The time between the first result and the last: ratios hold within one run only.
    pub(crate) fn span(&self) -> Duration {
        self.written.and_then(|(first, last)| last.duration_since(first).ok()).unwrap_or_default()
    }
}

/// One result of criterion.
#[derive(Debug, PartialEq)]
struct Round {
    measurement: String,
    contestant: String,
    number: usize,
    nanoseconds: f64,
}

impl Round {
    fn parse(benchmark: &Value, estimates: &Value) -> Option<Self> {
        let operations = benchmark["throughput"]["Elements"].as_u64()?;
        let iteration = estimates["median"]["point_estimate"].as_f64()?;
        Some(Self {
            measurement: benchmark["group_id"].as_str()?.to_owned(),
            contestant: benchmark["function_id"].as_str()?.to_owned(),
            number: benchmark["value_str"].as_str()?.parse().ok()?,
            nanoseconds: iteration / operations as f64,
        })
    }
}

fn folders(directory: &Path) -> io::Result<Vec<std::path::PathBuf>> {
    let entries = match fs::read_dir(directory) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut folders = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            folders.push(path);
        }
    }
    Ok(folders)
}

fn json(path: &Path) -> io::Result<Value> {
    serde_json::from_str(&fs::read_to_string(path)?).map_err(|_| invalid(path))
}

fn invalid(path: &Path) -> io::Error {
    let message = format!("{} is not a result of these benches", path.display());
    io::Error::new(ErrorKind::InvalidData, message)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use serde_json::json;

    /// Results as if read: measurement, contestant, the rounds' figures.
    pub(crate) fn results(figures: &[(&str, &str, &[f64])]) -> Results {
        let rounds = figures.iter().map(|(m, c, rounds)| (((*m).into(), (*c).into()), rounds.to_vec())).collect();
        Results { rounds, written: None }
    }

    #[test]
    fn a_round_is_divided_by_its_operations() {
        let benchmark = json!({
            "group_id": "yield", "function_id": "tokio", "value_str": "3", "throughput": {"Elements": 1000},
        });
        let estimates = json!({"median": {"point_estimate": 26_000.0}});
        assert_eq!(
            Round::parse(&benchmark, &estimates),
            Some(Round { measurement: "yield".into(), contestant: "tokio".into(), number: 3, nanoseconds: 26.0 })
        );
        assert_eq!(Round::parse(&json!({}), &estimates), None);
    }

    #[test]
    fn a_figure_is_the_lowest_round_and_the_middle_one() {
        let results = results(&[("yield", "tokio", &[30.0, 20.0, 90.0])]);
        let figure = results.figure("yield", "tokio").unwrap();
        assert_eq!((figure.lowest, figure.median), (20.0, 30.0));
        assert_eq!(results.figure("yield", "smol"), None);
    }

    #[test]
    fn an_empty_directory_says_what_to_run() {
        let nowhere = Path::new("no such directory");
        let error = read(nowhere).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound);
        assert!(error.to_string().contains("cargo bench"));
    }
}
