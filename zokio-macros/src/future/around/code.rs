//! The characters of a text that are code.

/// The characters of a text that are code: neither of comments nor of literals.
pub(crate) struct Code<'t> {
    text: &'t str,
    /// Where the next one is looked for.
    pub(crate) at: usize,
}

impl<'t> Code<'t> {
    pub(crate) fn from(text: &'t str, at: usize) -> Self {
        Self { text, at }
    }
}

impl Iterator for Code<'_> {
    type Item = (usize, char);

    fn next(&mut self) -> Option<(usize, char)> {
        loop {
            let first = self.text[self.at..].chars().next()?;
            let at = self.at;
            match literal(&self.text[at..]) {
                0 => {
                    self.at += first.len_utf8();
                    return Some((at, first));
                }
                skipped => self.at += skipped,
            }
        }
    }
}

/// How long the comment or literal is that the text begins with.
pub(super) fn literal(text: &str) -> usize {
    if text.starts_with("//") {
        return text.find('\n').unwrap_or(text.len());
    }
    if text.starts_with("/*") {
        return comment(text);
    }
    let raw = ["r", "br", "cr"].into_iter().find_map(|prefix| text.strip_prefix(prefix));
    if let Some(raw) = raw {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if let Some(inner) = raw[hashes..].strip_prefix('"') {
            let end = format!("\"{}", "#".repeat(hashes));
            return inner.find(&end).map_or(text.len(), |found| text.len() - inner.len() + found + end.len());
        }
    }
    if let Some(inner) = text.strip_prefix('"') {
        return quoted(inner, '"').map_or(text.len(), |length| length + 1);
    }
    let Some(inner) = text.strip_prefix('\'') else { return 0 };
    let mut chars = inner.chars();
    match chars.next() {
        Some('\\') => quoted(inner, '\'').map_or(0, |length| length + 1),
        // `'a'` rather than `'a`.
        Some(one) if chars.next() == Some('\'') => one.len_utf8() + 2,
        _ => 0,
    }
}

/// How long a literal is behind its opening quote, with its closing one.
fn quoted(inner: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (index, c) in inner.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return Some(index + 1),
            _ => {}
        }
    }
    None
}

/// How long a comment is, with those within.
fn comment(text: &str) -> usize {
    let (mut depth, mut at) = (0usize, 0);
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}
