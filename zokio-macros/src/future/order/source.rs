//! Awaits as they are written: the names of states.

use proc_macro2::Span;
use quote::ToTokens;
use syn::{Expr, ExprMacro, Stmt};

/// An await as it is written.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    pub(crate) span: Span,
    /// The state's name: the awaited call's.
    pub(crate) name: String,
    pub(crate) text: String,
}

/// The name of the state in which this is awaited, and its text.
pub(crate) fn described(expr: &Expr) -> (String, String) {
    if let Some((name, mac)) = crate::future::together::written(expr) {
        return (name, source_text(&mac));
    }
    if let Some(mac) = crate::future::passage::of_future(expr) {
        return described(&Expr::Macro(ExprMacro { attrs: Vec::new(), mac: mac.clone() }));
    }
    let text = source_text(expr);
    let name = match expr {
        Expr::MethodCall(it) => it.method.to_string(),
        Expr::Call(it) => match &*it.func {
            Expr::Path(path) => path.path.segments.last().map_or_else(String::new, |last| last.ident.to_string()),
            _ => "call".to_owned(),
        },
        Expr::Macro(it) => crate::future::macros::name(&it.mac),
        Expr::Async(it) => match it.block.stmts.first() {
            Some(Stmt::Expr(Expr::Macro(mac), _)) => crate::future::macros::name(&mac.mac),
            Some(Stmt::Macro(mac)) => crate::future::macros::name(&mac.mac),
            Some(Stmt::Expr(Expr::Await(it), None)) => return described(&it.base),
            _ => "async".to_owned(),
        },
        Expr::Try(it) => return (described(&it.expr).0, text),
        Expr::Paren(it) => return (described(&it.expr).0, text),
        Expr::Reference(it) => return (described(&it.expr).0, text),
        Expr::Field(it) => it.member.to_token_stream().to_string(),
        _ => text.trim_matches(|c: char| !c.is_alphanumeric() && c != '_').to_owned(),
    };
    (if name.is_empty() { "future".to_owned() } else { name }, text)
}

/// The text, as it is usually written: what the compiler has of it are tokens.
pub(super) fn source_text(expr: &impl ToTokens) -> String {
    const CLOSER: &[(&str, &str)] = &[
        (" (", "("),
        ("( ", "("),
        (" )", ")"),
        (" [", "["),
        ("[ ", "["),
        (" ]", "]"),
        (" .", "."),
        (". ", "."),
        (" ,", ","),
        (" ?", "?"),
        (" ::", "::"),
        (":: ", "::"),
        (" !", "!"),
        ("& ", "&"),
        (" :", ":"),
        (" ;", ";"),
    ];
    CLOSER.iter().fold(expr.to_token_stream().to_string(), |text, (wide, close)| text.replace(wide, close))
}
