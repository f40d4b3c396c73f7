//! Aligned columns for the report's sections.

use std::fmt;

/// One line of a table.
pub(super) trait Row {
    /// The cells, from left to right.
    fn cells(&self) -> Vec<Cell>;
}

/// A cell, and which side of its column it is printed at.
pub(super) enum Cell {
    Left(String),
    Right(String),
}

impl Cell {
    fn text(&self) -> &str {
        let (Self::Left(text) | Self::Right(text)) = self;
        text
    }

    fn width(&self) -> usize {
        self.text().chars().count()
    }
}

/// Rows as aligned columns, two spaces apart and indented by as much. The last column is not padded.
pub(super) struct Rows<'a, R>(pub(super) &'a [R]);

impl<R: Row> fmt::Display for Rows<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows: Vec<Vec<Cell>> = self.0.iter().map(Row::cells).collect();
        let widest = |column: usize| rows.iter().map(|row| row[column].width()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..rows.first().map_or(0, Vec::len)).map(widest).collect();
        for row in &rows {
            let line: String = row.iter().zip(&widths).fold(String::new(), |line, (cell, &width)| match cell {
                Cell::Left(text) => line + "  " + &format!("{text:<width$}"),
                Cell::Right(text) => line + "  " + &format!("{text:>width$}"),
            });
            writeln!(f, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

/// Sentences, one a line.
pub(super) struct Items<'a>(pub(super) &'a [&'a str]);

impl fmt::Display for Items<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|item| writeln!(f, "  {item}"))
    }
}
