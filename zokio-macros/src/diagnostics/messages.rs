//! What the user reads: what is wrong, why, and what to write instead.

use std::fmt;

use super::nearest::nearest;
use crate::names::{KEYS, Key, Kind};
use crate::runtime::unbuilt::UNBUILT_KEYS;

/// A message in up to three lines.
#[derive(Debug)]
pub(crate) struct Message {
    what: String,
    why: Option<String>,
    write: String,
}

impl Message {
    pub(crate) fn new(what: impl Into<String>, write: impl Into<String>) -> Self {
        Self { what: what.into(), why: None, write: write.into() }
    }

    /// Adds the reason.
    pub(crate) fn because(self, why: impl Into<String>) -> Self {
        Self { why: Some(why.into()), ..self }
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        if let Some(why) = &self.why {
            write!(f, "\nwhy: {why}")?;
        }
        write!(f, "\nwrite: {}", self.write)
    }
}

/// A key that nobody knows.
pub(crate) fn unknown_key(name: &str, kind: Kind) -> Message {
    let known: Vec<&str> = KEYS.iter().filter(|key| key.is_for(kind)).map(|key| key.name).collect();
    let with_unbuilt: Vec<&str> = known.iter().copied().chain(UNBUILT_KEYS.iter().map(|key| key.key)).collect();
    let write = match nearest(name, &with_unbuilt) {
        Some(near) => format!("`{near}`, which is the nearest"),
        None => "one of them".to_owned(),
    };
    Message::new(format!("`{kind}` has no key `{name}`"), write).because(format!("its keys are {}", list(&known)))
}

/// A key of tokio's on a macro that is not tokio's.
pub(crate) fn tokios_key(name: &str) -> Message {
    let write = match name {
        "flavor" => "`workers = 1` for the flavor \"current_thread\", `workers = auto` for \"multi_thread\"",
        "worker_threads" => "`workers`",
        _ => "the attribute without it",
    };
    Message::new(format!("`{}` has no key `{name}`", Kind::Runtime), write)
        .because("tokio's keys are for `#[zokio::main]` and `#[zokio::test]`, which stand in for tokio's macros")
}

/// A key that is there again.
pub(crate) fn key_twice(name: &str) -> Message {
    Message::new(format!("`{name}` is there twice"), format!("`{name}` once"))
        .because("one of the two values would be ignored")
}

/// A value that its key does not take. `error` says why, and in a second line perhaps what to write instead.
pub(crate) fn value(key: &Key, value: &str, error: &str) -> Message {
    let Key { name, values, example, .. } = key;
    let (reason, write) = match error.split_once('\n') {
        Some((reason, instead)) => (reason, format!("`{name} = {instead}`")),
        None => (error, format!("`{name} = {example}`, for example")),
    };
    Message::new(format!("`{name} = {value}` {reason}"), write).because(format!("`{name}` is {values}"))
}

/// A key without a value, or with one in parentheses.
pub(crate) fn not_a_pair(name: &str) -> Message {
    let example = Key::find(name).map_or("..", |key| key.example);
    Message::new(format!("`{name}` has no `= value` behind it"), format!("`{name} = {example}`, for example"))
        .because("every key takes a value")
}

/// Something that is no key.
pub(crate) fn not_a_key() -> Message {
    Message::new(
        "a key is missing here",
        "`key = value` pairs with commas between them, as in `workers = 4, io = auto`",
    )
    .because("arguments have names")
}

/// An empty argument.
pub(crate) fn nothing_before_a_comma() -> Message {
    Message::new("there is nothing in front of this comma", "one comma behind each argument")
        .because("an argument may have been lost here")
}

/// A value that is no expression.
pub(crate) fn no_value(name: &str) -> Message {
    let example = Key::find(name).map_or("..", |key| key.example);
    Message::new(format!("the value of `{name}` cannot be read"), format!("`{name} = {example}`, for example"))
        .because("one value stands between the `=` and the next comma")
}

/// Something that is known, but whose engine is not there yet.
pub(crate) fn unbuilt(what: &str, why: &str, write: &str) -> Message {
    Message::new(format!("`{what}` is not built yet"), write)
        .because(format!("{why}, and nothing is accepted that would be ignored"))
}

/// Names in backticks, with commas.
pub(crate) fn list(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
