//! The report: what was decided about one runtime, as data, and where it goes.

pub(crate) mod json;
pub(crate) mod note;
pub(crate) mod place;
pub(crate) mod text;

pub(crate) use self::place::Build;
use crate::names::Kind;
use crate::runtime::item::Item;
use crate::runtime::optimisation;
use crate::runtime::plan::Plan;
use crate::runtime::value::ReportTo;

/// What was decided about one runtime.
#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) package: String,
    pub(crate) krate: String,
    pub(crate) item: String,
    pub(crate) kind: Kind,
    /// Where the item's name is, as the compiler names the file; empty and zero where it does not say.
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) attribute: Attribute,
    pub(crate) decisions: Vec<Decision>,
    pub(crate) applied: Vec<String>,
    pub(crate) possible: Vec<String>,
}

/// The attribute as it was read: where its source says something else by now, the report is of the past.
#[derive(Debug, Default)]
pub(crate) struct Attribute {
    pub(crate) file: String,
    pub(crate) line: usize,
    /// The first line of it.
    pub(crate) text: String,
}

/// What one key was set to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decision {
    pub(crate) key: &'static str,
    pub(crate) value: String,
    pub(crate) by: By,
    pub(crate) reason: &'static str,
}

/// Who decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    User,
    Default,
    Derived,
}

impl By {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Default => "default",
            Self::Derived => "derived",
        }
    }
}

impl Decision {
    pub(crate) fn new(key: &'static str, value: impl Into<String>, by: By, reason: &'static str) -> Self {
        Self { key, value: value.into(), by, reason }
    }
}

impl Report {
    /// Gathers what was decided.
    pub(crate) fn new(kind: Kind, item: &Item, plan: &Plan, build: &Build) -> Self {
        let name = item.ident();
        let (file, line) = name.map(|name| place::of(name.span())).unwrap_or_default();
        Self {
            package: build.package.clone(),
            krate: build.krate.clone(),
            item: name.map(ToString::to_string).unwrap_or_default(),
            kind,
            file,
            line,
            attribute: place::of_the_attribute(),
            decisions: plan.decisions.clone(),
            applied: optimisation::applied(plan),
            possible: optimisation::possible(plan),
        }
    }
}

/// Writes the report where the plan wants it. What keeps it from being written is added to it, so that the constants say it.
pub(crate) fn write(report: Report, plan: &Plan, build: &Build) -> Report {
    if plan.report == ReportTo::Off {
        return report;
    }
    let files = [("json", json::json(&report)), ("txt", text::text(&report))];
    match place::write((&report.item, &report.file, report.line), &files, build) {
        Ok(()) => report,
        Err(reason) => {
            let mut report = report;
            report.possible.push(format!("a report file: this one was not written, because {reason}"));
            report
        }
    }
}

#[cfg(test)]
mod tests;
