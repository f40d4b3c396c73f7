//! Names of functions after names of states.

/// `ReadingBody` as `reading_body`: an underscore where a word begins.
pub(super) fn snake_case(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut snake = String::with_capacity(name.len() + 4);
    for (index, letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| letters[before]);
        let after = letters.get(index + 1);
        // `aB`, `1B`, and the last capital of `ABc`.
        let begins = letter.is_uppercase()
            && before.is_some_and(|before| {
                before.is_lowercase()
                    || before.is_numeric()
                    || before.is_uppercase() && after.is_some_and(|after| after.is_lowercase())
            });
        if begins {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::snake_case;

    #[test]
    fn words_are_told_apart() {
        for (name, snake) in [
            ("Done", "done"),
            ("ReadingBody", "reading_body"),
            ("HTTPGet", "http_get"),
            ("Get2Files", "get2_files"),
            ("TLS", "tls"),
            ("Already_there", "already_there"),
            ("ÄndertSich", "ändert_sich"),
            ("A", "a"),
        ] {
            assert_eq!(snake_case(name), snake, "{name}");
        }
    }
}
