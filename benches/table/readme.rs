//! The place of the tables in the README.

use std::io;

/// The README with `tables` between the markers of `section`, in place of what was there.
///
/// # Errors
///
/// `InvalidData` if a marker is missing.
pub(crate) fn with_tables(readme: &str, section: &str, tables: &str) -> io::Result<String> {
    let begin = format!("<!-- {section}: begin, written by `cargo run -p zokio-benches --bin table` -->\n");
    let end = format!("<!-- {section}: end -->");
    let split = || {
        let (before, rest) = readme.split_once(&begin)?;
        let (_, after) = rest.split_once(&end)?;
        Some(format!("{before}{begin}\n{tables}\n{end}{after}"))
    };
    split().ok_or_else(|| {
        io::Error::new(
            io::ErrorKind::InvalidData,
            format!("the README has no place for the tables: {begin:?} up to {end:?}"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_replace_what_was_between_the_markers() {
        const BEGIN: &str = "<!-- tables: begin, written by `cargo run -p zokio-benches --bin table` -->\n";
        let readme = format!("above\n{BEGIN}\nold\n\n<!-- tables: end -->\nbelow\n");
        let once = with_tables(&readme, "tables", "new\n").unwrap();
        assert_eq!(once, format!("above\n{BEGIN}\nnew\n\n<!-- tables: end -->\nbelow\n"));
        assert_eq!(with_tables(&once, "tables", "new\n").unwrap(), once);
    }

    #[test]
    fn a_readme_without_markers_is_left_alone() {
        let error = with_tables("above", "tables", "new").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
    }
}
