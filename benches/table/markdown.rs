//! The tables as Markdown.

use crate::results::{Figure, Results};
use std::fmt::Write as _;
use zokio_benches::rounds::{label, name};

/// A table: one row per contestant, one column per measurement.
struct Table {
    title: &'static str,
    measurements: &'static [&'static str],
    workers: usize,
    unit: Unit,
}

#[derive(Clone, Copy)]
enum Unit {
    Nanoseconds,
    Microseconds,
}

const TASKS: &[&str] = &[name::SPAWN_AND_AWAIT, name::SPAWN_THEN_AWAIT, name::YIELD];

const TABLES: [Table; 3] = [
    Table { title: "Tasks on one worker, ns per operation", measurements: TASKS, workers: 1, unit: Unit::Nanoseconds },
    Table { title: "Tasks on two workers, ns per operation", measurements: TASKS, workers: 2, unit: Unit::Nanoseconds },
    Table {
        title: "TCP echo, one worker, us per round trip",
        measurements: &[name::ECHO_PING_PONG, name::ECHO_MANY, name::ECHO_MANY_CPU, name::ECHO_LARGE],
        workers: 1,
        unit: Unit::Microseconds,
    },
];

/// The tables that have a row.
pub(crate) fn tables(results: &Results) -> String {
    TABLES.iter().filter_map(|table| table.render(results)).collect::<Vec<_>>().join("\n")
}

impl Table {
    fn render(&self, results: &Results) -> Option<String> {
        let mut rows: Vec<_> = results
            .contestants(self.measurements)
            .into_iter()
            .filter(|contestant| {
                let many = contestant.ends_with(" workers)");
                many == (self.workers > 1)
            })
            .map(|contestant| {
                let figures: Vec<_> =
                    self.measurements.iter().map(|measurement| results.figure(measurement, &contestant)).collect();
                (contestant, figures)
            })
            .collect();
        if rows.is_empty() {
            return None;
        }
        // Fastest first, by the first column.
        let first = |figures: &[Option<Figure>]| figures[0].map_or(f64::INFINITY, |f| f.lowest);
        rows.sort_by(|(_, a), (_, b)| first(a).total_cmp(&first(b)));

        let zokio = label("zokio", self.workers);
        let mut text = format!("### {}\n\n| |", self.title);
        for measurement in self.measurements {
            write!(text, " {measurement} |").expect("a string takes everything");
        }
        text += "\n|---|";
        text += &"--:|".repeat(self.measurements.len());
        for (contestant, figures) in &rows {
            write!(text, "\n| {contestant} |").expect("a string takes everything");
            for (measurement, figure) in self.measurements.iter().zip(figures) {
                let cell = figure.map_or_else(
                    || "/".into(),
                    |figure| {
                        let own = (*contestant != zokio).then(|| results.figure(measurement, &zokio)).flatten();
                        self.unit.cell(figure, own)
                    },
                );
                write!(text, " {cell} |").expect("a string takes everything");
            }
        }
        text += "\n";
        Some(text)
    }
}

impl Unit {
    /// Lowest round, middle round, and the lowest as a multiple of zokio's lowest.
    fn cell(self, figure: Figure, zokio: Option<Figure>) -> String {
        let mut cell = format!("{} / {}", self.number(figure.lowest), self.number(figure.median));
        if let Some(zokio) = zokio {
            write!(cell, " ({:.2}x)", figure.lowest / zokio.lowest).expect("a string takes everything");
        }
        cell
    }

    fn number(self, nanoseconds: f64) -> String {
        match self {
            Self::Nanoseconds if nanoseconds < 100.0 => format!("{nanoseconds:.1}"),
            Self::Nanoseconds => format!("{nanoseconds:.0}"),
            Self::Microseconds => format!("{:.2}", nanoseconds / 1_000.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::tests::results;

    #[test]
    fn rows_are_sorted_and_compared_with_zokio_of_as_many_workers() {
        let results = results(&[
            (name::YIELD, "tokio", &[26.0]),
            (name::SPAWN_AND_AWAIT, "tokio", &[434.0, 500.0, 450.0]),
            (name::SPAWN_AND_AWAIT, "zokio", &[20.0]),
            (name::SPAWN_AND_AWAIT, "zokio (2 workers)", &[80.0]),
            (name::SPAWN_AND_AWAIT, "tokio (2 workers)", &[320.0]),
        ]);
        assert_eq!(
            tables(&results),
            "\
### Tasks on one worker, ns per operation

| | spawn and await | spawn 1000, await all | yield |
|---|--:|--:|--:|
| zokio | 20.0 / 20.0 | / | / |
| tokio | 434 / 450 (21.70x) | / | 26.0 / 26.0 |

### Tasks on two workers, ns per operation

| | spawn and await | spawn 1000, await all | yield |
|---|--:|--:|--:|
| zokio (2 workers) | 80.0 / 80.0 | / | / |
| tokio (2 workers) | 320 / 320 (4.00x) | / | / |
"
        );
    }

    #[test]
    fn echo_is_told_in_microseconds() {
        let results = results(&[(name::ECHO_MANY, "bare epoll", &[5_430.0])]);
        assert!(tables(&results).contains("| bare epoll | / | 5.43 / 5.43 | / | / |"));
    }
}
