//! What a `#[cfg(..)]` of features says: the compiler in whose process a macro runs was told of them. Of anything else it was not.

use std::env;
use std::sync::OnceLock;

use proc_macro2::TokenStream;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Lit, Meta, Token};

/// Whether what stands behind these attributes is there, as far as that depends on features alone.
pub(super) fn hold(attributes: &str) -> Option<bool> {
    static FEATURES: OnceLock<Option<Vec<String>>> = OnceLock::new();
    let features = FEATURES.get_or_init(|| {
        let arguments = env::args_os().map(|argument| argument.to_string_lossy().into_owned());
        of_arguments(&arguments.collect::<Vec<_>>())
    });
    all_hold(attributes, features.as_deref()?)
}

/// The features that a compiler of a crate was told of; none, if these are not such a compiler's arguments.
fn of_arguments(arguments: &[String]) -> Option<Vec<String>> {
    // What stands in a file is not read.
    let all = arguments.iter().any(|argument| argument == "--crate-name")
        && !arguments.iter().any(|argument| argument.starts_with('@'));
    let feature = |cfg: &String| Some(cfg.strip_prefix("feature=\"")?.strip_suffix('"')?.to_owned());
    all.then(|| arguments.windows(2).filter(|pair| pair[0] == "--cfg").filter_map(|pair| feature(&pair[1])).collect())
}

fn all_hold(attributes: &str, features: &[String]) -> Option<bool> {
    let tokens: TokenStream = attributes.parse().ok()?;
    let attributes = Attribute::parse_outer.parse2(tokens).ok()?;
    let conditions = attributes.iter().filter(|it| it.path().is_ident("cfg"));
    let mut all = true;
    for condition in conditions {
        all &= holds(&condition.parse_args().ok()?, features)?;
    }
    // It may stand for a `cfg`.
    (!attributes.iter().any(|it| it.path().is_ident("cfg_attr"))).then_some(all)
}

fn holds(condition: &Meta, features: &[String]) -> Option<bool> {
    match condition {
        Meta::NameValue(it) if it.path.is_ident("feature") => match &it.value {
            Expr::Lit(lit) => match &lit.lit {
                Lit::Str(name) => Some(features.contains(&name.value())),
                _ => None,
            },
            _ => None,
        },
        Meta::List(it) => {
            let within = it.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).ok()?;
            let within: Vec<bool> = within.iter().map(|it| holds(it, features)).collect::<Option<_>>()?;
            match () {
                () if it.path.is_ident("all") => Some(within.iter().all(|it| *it)),
                () if it.path.is_ident("any") => Some(within.iter().any(|it| *it)),
                () if it.path.is_ident("not") && within.len() == 1 => Some(!within[0]),
                () => None,
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{all_hold, of_arguments};

    #[test]
    fn features_are_told_by_the_arguments() {
        let of = |line: &str| of_arguments(&line.split(' ').map(str::to_owned).collect::<Vec<_>>());
        let told = of("rustc --crate-name a --cfg feature=\"x\" --cfg unix");
        assert_eq!(told, Some(vec!["x".to_owned()]));
        assert_eq!(of("rustc-analyzer --cfg feature=\"x\""), None);
        assert_eq!(of("rustc --crate-name a @more"), None);
    }

    #[test]
    fn conditions_of_features_are_known() {
        let hold = |attributes| all_hold(attributes, &["x".to_owned()]);
        assert_eq!(hold("/// Said.\n#[cfg(feature = \"x\")]"), Some(true));
        assert_eq!(hold("#[cfg(not(feature = \"x\"))] #[rustfmt::skip]"), Some(false));
        assert_eq!(hold("#[cfg(any(feature = \"y\", all(feature = \"x\", not(feature = \"z\"))))]"), Some(true));
        assert_eq!(hold("#[cfg(all(feature = \"x\", unix))]"), None);
        assert_eq!(hold("#[cfg_attr(feature = \"x\", cfg(unix))]"), None);
    }
}
