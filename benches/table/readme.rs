//! The place of the tables in the README.

use std::io;

const BEGIN: &str = "<!-- tables: begin, written by `cargo run -p zokio-benches --bin table` -->\n";
const END: &str = "<!-- tables: end -->";

/// The README with `tables` between its markers, in place of what was there.
///
/// # Errors
///
/// `InvalidData` if a marker is missing.
pub(crate) fn with_tables(readme: &str, tables: &str) -> io::Result<String> {
    let split = || {
        let (before, rest) = readme.split_once(BEGIN)?;
        let (_, after) = rest.split_once(END)?;
        Some(format!("{before}{BEGIN}\n{tables}\n{END}{after}"))
    };
    split().ok_or_else(|| {
        io::Error::new(
            io::ErrorKind::InvalidData,
            format!("the README has no place for the tables: {BEGIN:?} up to {END:?}"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_replace_what_was_between_the_markers() {
        let readme = format!("above\n{BEGIN}\nold\n\n{END}\nbelow\n");
        let once = with_tables(&readme, "new\n").unwrap();
        assert_eq!(once, format!("above\n{BEGIN}\nnew\n\n{END}\nbelow\n"));
        assert_eq!(with_tables(&once, "new\n").unwrap(), once);
    }

    #[test]
    fn a_readme_without_markers_is_left_alone() {
        let error = with_tables("above", "new").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
    }
}
