//! The nearest known name to one that is not known.

/// The nearest of `known` to `name`, if it is near enough to be meant: a third of its letters may differ.
pub(crate) fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let name = name.to_lowercase().replace('-', "_");
    let allowed = name.chars().count().div_ceil(3);
    known
        .iter()
        .map(|&known| (distance(&name, known), known))
        .filter(|&(distance, _)| distance <= allowed)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, known)| known)
}

/// How many letters must be put in, taken out, replaced or swapped with their neighbour to make one of the other (optimal
/// string alignment).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    // `rows[i][j]`: from the first `i` letters of `a` to the first `j` of `b`.
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let differ = usize::from(a[i - 1] != b[j - 1]);
                let mut least = (rows[i - 1][j] + 1).min(rows[i][j - 1] + 1).min(rows[i - 1][j - 1] + differ);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    least = least.min(rows[i - 2][j - 2] + 1);
                }
                least
            };
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};

    const KNOWN: &[&str] = &["workers", "worker_threads", "io", "queue_capacity"];

    #[test]
    fn slips_of_the_keyboard_are_near() {
        for (slip, meant) in [
            ("worker", "workers"),
            ("wrokers", "workers"),
            ("Workers", "workers"),
            ("queue-capacity", "queue_capacity"),
            ("queue_cap", "queue_capacity"),
            ("oi", "io"),
        ] {
            let found = nearest(slip, KNOWN);
            if slip == "queue_cap" {
                assert_eq!(found, None, "five letters are more than a third of nine");
            } else {
                assert_eq!(found, Some(meant), "{slip}");
            }
        }
    }

    #[test]
    fn what_has_nothing_in_common_is_not_near() {
        assert_eq!(nearest("colour", KNOWN), None);
        assert_eq!(nearest("x", KNOWN), None);
    }

    #[test]
    fn distances_are_counted_in_letters() {
        assert_eq!(distance("", "io"), 2);
        assert_eq!(distance("größe", "grösse"), 2);
        assert_eq!(distance("ab", "ba"), 1);
    }
}
