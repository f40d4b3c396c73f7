//! `#[state_machine(..)]`: the keys of the whole machine.

use darling::FromMeta;
use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::meta::ParseNestedMeta;
use syn::{Attribute, Expr, Token, Type};

use super::input::named;
use crate::diagnostics::Faults;
use crate::diagnostics::messages::{self, Message, key_twice, list};
use crate::diagnostics::nearest::nearest;
use crate::names::Key;
use crate::runtime::value::{CratePath, ReportTo, source};

const NAMES: &[&str] = &["start", "output", "report", "crate"];

/// What was said about the machine.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// The state in which it begins.
    pub(super) start: Option<Ident>,
    /// What it returns; `()` where nothing is said.
    pub(super) output: Option<Type>,
    pub(super) report: Option<ReportTo>,
    pub(super) krate: Option<CratePath>,
    /// Whether something of it could not be read.
    pub(super) unreadable: bool,
}

impl Keys {
    /// Reads the attributes. After something that cannot be read, what follows in the same attribute is not looked at.
    pub(super) fn read(attributes: &[Attribute], faults: &mut Faults) -> Self {
        let mut keys = Self::default();
        let mut known: Vec<String> = Vec::new();
        for attribute in named(attributes, "state_machine") {
            let read = attribute.parse_nested_meta(|meta| keys.key(&meta, &mut known, faults));
            if let Err(error) = read {
                let message = Message::new(
                    format!("this attribute cannot be read: {error}"),
                    "`#[state_machine(start = First, output = Type)]`, with the start's and the output's own names",
                )
                .because("it says how the machine begins, and what it returns");
                faults.add(attribute, message);
                keys.unreadable = true;
            }
        }
        keys
    }

    fn key(&mut self, meta: &ParseNestedMeta<'_>, known: &mut Vec<String>, faults: &mut Faults) -> syn::Result<()> {
        let name = meta.path.get_ident().map(|name| name.unraw().to_string()).unwrap_or_default();
        if !NAMES.contains(&name.as_str()) {
            faults.add(&meta.path, unknown(&name));
            return skip(meta);
        }
        if known.contains(&name) {
            faults.add(&meta.path, key_twice(&name));
            return skip(meta);
        }
        let input = meta.value()?;
        match name.as_str() {
            "start" => self.start = Some(input.parse()?),
            "output" => self.output = Some(input.parse()?),
            "report" => self.report = report(&input.parse()?, faults),
            _ => self.krate = value(&name, &input.parse()?, faults),
        }
        known.push(name);
        Ok(())
    }
}

/// A value that the attributes of runtimes have too.
fn value<T: FromMeta>(name: &str, value: &Expr, faults: &mut Faults) -> Option<T> {
    let key = Key::find(name)?;
    match T::from_expr(value) {
        Ok(value) => Some(value),
        Err(error) => {
            faults.add(value, messages::value(key, &source(value), &error.to_string()));
            None
        }
    }
}

/// `report = note` is a warning at the key of a runtime.
fn report(expr: &Expr, faults: &mut Faults) -> Option<ReportTo> {
    let report = value("report", expr, faults)?;
    if report == ReportTo::Note {
        let message = Message::new("`report = note` is for runtimes", "`report = file`, or `report = off`")
            .because("the graph of a machine goes to a file, which `cargo zokio report` prints");
        faults.add(expr, message);
    }
    Some(report)
}

fn unknown(name: &str) -> Message {
    let write = match nearest(name, NAMES) {
        Some(near) => format!("`{near}`, which is the nearest"),
        None => "one of them".to_owned(),
    };
    Message::new(format!("`#[state_machine]` has no key `{name}`"), write)
        .because(format!("its keys are {}", list(NAMES)))
}

/// Goes on behind the value of a key that is not understood.
fn skip(meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
    if meta.input.peek(Token![=]) {
        meta.value()?.parse::<Type>().map(|_| ()).or_else(|_| meta.input.parse::<Expr>().map(|_| ()))?;
    }
    Ok(())
}
