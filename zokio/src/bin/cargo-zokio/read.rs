//! Reading the report files of a workspace.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::report::Report;
use crate::source;
use crate::workspace::Place;

/// What there is to print, what was left out, and what could not be read, the latter two as lines for people.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) reports: Vec<Report>,
    pub(crate) notes: Vec<String>,
    pub(crate) faults: Vec<String>,
}

impl Found {
    /// Reads `<folder>/<package>/*.json`, in order of package, crate, file and line.
    pub(crate) fn read(place: &Place, package: Option<&str>) -> Self {
        let mut found = Self::default();
        let is_member = |path: &Path| match &place.workspace {
            Some(workspace) => workspace.members.iter().any(|member| path.ends_with(member)),
            None => true,
        };
        for path in found.list(&place.folder) {
            if path.is_dir() && is_member(&path) && package.is_none_or(|name| path.ends_with(name)) {
                for file in found.list(&path) {
                    // The text for people lies beside the JSON.
                    if file.extension().is_some_and(|extension| extension == "json") {
                        found.file(place, &file);
                    }
                }
            }
        }
        found.reports.sort_by(|a, b| a.place().cmp(&b.place()));
        found
    }

    fn file(&mut self, place: &Place, path: &Path) {
        let report = fs::read_to_string(path).map_err(|error| error.to_string()).and_then(|text| text.parse());
        match report {
            Ok(report) if place.workspace.as_ref().is_none_or(|workspace| source::has(&workspace.root, &report)) => {
                self.reports.push(report);
            }
            Ok(report) => self.notes.push(past(&report, path)),
            Err(error) => self.fault(path, &error),
        }
    }

    /// What lies in a folder, sorted; nothing if there is no such folder.
    fn list(&mut self, folder: &Path) -> Vec<PathBuf> {
        let entries = fs::read_dir(folder)
            .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>());
        match entries {
            Ok(mut paths) => {
                paths.sort();
                paths
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => {
                self.fault(folder, &error.to_string());
                Vec::new()
            }
        }
    }

    fn fault(&mut self, path: &Path, error: &str) {
        self.faults.push(format!("error: cannot read {}: {error}\n", path.display()));
    }
}

/// Says that a report was left out.
fn past(report: &Report, path: &Path) -> String {
    let Report { kind, item, file, line, .. } = report;
    format!(
        "note: left out {kind} {item}, {file}:{line}: it is not there any more as it was compiled. Compile again where it \
         has changed; remove {} where it has gone\n",
        path.display()
    )
}

/// Says that there is nothing, why that may be, and what to do.
pub(crate) fn nothing(place: &Place, package: Option<&str>) -> String {
    let of_package = package.map(|name| format!(" of the package `{name}`")).unwrap_or_default();
    let mut others: Vec<String> =
        Found::read(place, None).reports.into_iter().map(|report| format!("`{}`", report.package)).collect();
    others.dedup();
    let there_are = match others.as_slice() {
        [] => String::new(),
        others => format!("There are reports of {}.\n", others.join(", ")),
    };
    format!(
        "error: there are no reports{of_package} in {}\n{there_are}\
         Each `#[zokio::runtime]`, `#[zokio::main]`, `#[zokio::test]` and `#[derive(StateMachine)]` writes one there when it is \
         compiled, so\n\
         - nothing may have been compiled into this target directory yet: run `cargo build`, or `cargo test --no-run` \
         for the runtimes of tests;\n\
         - or the attributes say `report = off`: write `report = file`, or leave the key out.\n",
        place.folder.display()
    )
}
