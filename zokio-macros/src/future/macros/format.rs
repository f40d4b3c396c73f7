//! The format strings of macros, and what those capture.

use proc_macro2::Ident;
use syn::{Expr, Macro};

use super::known::is_well_known;
use super::{Argument, Arguments, name};

/// The format string among the arguments.
pub(crate) fn format_string(list: &[Argument], from: usize) -> Option<syn::LitStr> {
    list.iter().skip(from).find_map(|argument| match &argument.value {
        Expr::Lit(lit) if argument.is_text() => match &lit.lit {
            syn::Lit::Str(text) => Some(text.clone()),
            _ => None,
        },
        _ => None,
    })
}

/// The names that a macro's format string captures.
pub(crate) fn captured_names(mac: &Macro) -> Option<Vec<Ident>> {
    let from = format_index(&name(mac))?;
    let Arguments::List(list) = Arguments::of(mac) else { return None };
    let text = format_string(&list, from)?;
    let named = |name: &str| list.iter().any(|argument| argument.name.as_ref().is_some_and(|known| known == name));
    let names = captured(&text.value());
    Some(names.iter().filter(|name| !named(name)).map(|name| Ident::new(name, text.span())).collect())
}

/// Where the format string of a macro is at the earliest.
pub(crate) fn format_index(name: &str) -> Option<usize> {
    Some(match name {
        "format" | "print" | "println" | "eprint" | "eprintln" | "panic" | "todo" | "unreachable" | "unimplemented"
        | "format_args" | "bail" | "anyhow" | "eyre" | "trace" | "debug" | "info" | "warn" | "error" => 0,
        "write" | "writeln" | "assert" | "debug_assert" | "ensure" | "log" | "event" => 1,
        "assert_eq" | "assert_ne" | "debug_assert_eq" | "debug_assert_ne" => 2,
        _ => return None,
    })
}

/// What stands between the braces of a format string: the argument, and the options behind a `:`, if there is one; none, and nothing more, where no
/// brace closes.
fn holes(format: &str) -> impl Iterator<Item = Option<(&str, Option<&str>)>> {
    let mut rest = Some(format);
    std::iter::from_fn(move || {
        loop {
            let (_, behind) = rest?.split_once('{')?;
            if let Some(escaped) = behind.strip_prefix('{') {
                rest = Some(escaped);
                continue;
            }
            let hole = behind.split_once('}');
            rest = hole.map(|(_, more)| more);
            return Some(hole.map(|(hole, _)| {
                hole.split_once(':').map_or((hole, None), |(argument, options)| (argument, Some(options)))
            }));
        }
    })
}

/// The names that a format string captures.
pub(crate) fn captured(format: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (argument, options) in holes(format).flatten() {
        let options = options.unwrap_or_default();
        let width = options.split(['.', '<', '>', '^', '#', '+']).filter_map(|part| part.strip_suffix('$'));
        for name in std::iter::once(argument.trim()).chain(width) {
            let is_name = name.starts_with(|first: char| first.is_alphabetic() || first == '_') && !name.contains('#');
            let is_name = is_name && (name == "self" || syn::parse_str::<Ident>(name).is_ok());
            if is_name && !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
    }
    names
}

/// Whether one of std's macros has other arguments than its format string asks for, which the compiler refuses as soon as it sees the macro.
pub(crate) fn is_miscounted(mac: &Macro) -> bool {
    if !is_well_known(&mac.path) {
        return false;
    }
    let from = match name(mac).as_str() {
        "format" | "print" | "println" | "eprint" | "eprintln" => 0,
        "write" | "writeln" => 1,
        _ => return false,
    };
    let Arguments::List(list) = Arguments::of(mac) else { return false };
    let Some((first, rest)) = list.get(from..).and_then(<[Argument]>::split_first) else { return false };
    let Some(text) = format_string(std::slice::from_ref(first), 0) else { return false };
    let Some(asked) = positions(&text.value()) else { return false };
    let given = rest.iter().filter(|argument| argument.name.is_none()).count();
    (0..given).any(|position| !asked.contains(&position)) || asked.iter().any(|position| *position >= rest.len())
}

/// The positions of the arguments that a format string asks for; none, where a width or a precision is another argument, or what is between
/// braces is nothing that is known here.
fn positions(format: &str) -> Option<Vec<usize>> {
    let (mut positions, mut next) = (Vec::new(), 0);
    for hole in holes(format) {
        let (argument, options) = hole?;
        // Behind a `:` the brace may be what it is filled with.
        if options.is_some_and(|options| options.is_empty() || options.contains(['$', '*', '{'])) {
            return None;
        }
        match argument.trim() {
            "" => {
                positions.push(next);
                next += 1;
            }
            number if number.starts_with(|first: char| first.is_ascii_digit()) => positions.push(number.parse().ok()?),
            name if syn::parse_str::<Ident>(name).is_ok() || name == "self" => {}
            _ => return None,
        }
    }
    Some(positions)
}

#[cfg(test)]
mod tests {
    use super::{captured, is_miscounted, positions};

    #[test]
    fn names_are_captured() {
        assert_eq!(captured("{a} {{b}} {0} {} {c:>width$.end$} {self:?} {a:#?}"), ["a", "c", "width", "end", "self"]);
        assert_eq!(captured("{a} {b"), ["a"]);
        assert_eq!(captured("{{{a}}}"), ["a"]);
    }

    #[test]
    fn positions_are_counted() {
        assert_eq!(positions("a {} {{}} {:?} {0} {name} {:>8}"), Some(vec![0, 1, 0, 2]));
        assert_eq!(positions("{:.*}"), None);
        assert_eq!(positions("{:1$}"), None);
        assert_eq!(positions("{=u8}"), None);
        assert_eq!(positions("{:}>1$}"), None);
        assert_eq!(positions("{"), None);
    }

    #[test]
    fn arguments_are_as_many_as_the_string_asks_for() {
        let is_wrong = |text: &str| is_miscounted(&syn::parse_str(text).expect("a macro"));
        assert!(!is_wrong("println!()"));
        assert!(!is_wrong("println!(\"{} {name} {}\", 1, f().await, name = 3)"));
        assert!(!is_wrong("write!(f, \"{0} {0:?}\", 1)"));
        assert!(!is_wrong("println!(\"{:.*}\", 1, 2.0)"));
        assert!(!is_wrong("println!(concat!(\"{}\", \"{}\"), 1, 2)"));
        assert!(!is_wrong("info!(\"{}\")"));
        assert!(!is_wrong("other::println!(\"{}\")"));
        assert!(!is_wrong("println!(\"{} {}\", 1, name = 2)"));
        assert!(is_wrong("println!(\"{} {}\", 1)"));
        assert!(is_wrong("format!(\"{}\", 1, 2)"));
        assert!(is_wrong("writeln!(f, \"{}\")"));
        assert!(is_wrong("eprintln!(\"{1}\", 1)"));
    }
}
