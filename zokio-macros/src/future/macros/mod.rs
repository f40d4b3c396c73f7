//! Macros within a body: what is known of them by their names, and their arguments, as far as those are expressions.

mod arguments;
mod evaluated;
mod format;
mod known;
mod tokens;

use syn::Macro;

pub(crate) use self::arguments::{Argument, Arguments, expressions, rewrite};
pub(crate) use self::evaluated::{Evaluated, evaluated};
pub(crate) use self::format::{captured, captured_names, format_index, format_string, is_miscounted};
pub(crate) use self::known::{
    binds_a_guard, diverges, ends_temporaries, has_fields, has_unknown, is_fallible, is_inline, is_other_body, is_span,
    makes_items, makes_value, may_be_own, may_return, only_looks, takes_values,
};
pub(crate) use self::tokens::{alone, awaits, is, mentions, place, replace, replace_all};

/// The last segment of the macro's path.
pub(crate) fn name(mac: &Macro) -> String {
    mac.path.segments.last().map_or_else(String::new, |segment| segment.ident.to_string())
}

/// Whether the macro awaits where it stands.
pub(crate) fn awaits_in(mac: &Macro) -> bool {
    !is_other_body(&name(mac)) && awaits(&mac.tokens)
}
