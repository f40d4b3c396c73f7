//! `cargo zokio report`, as a process.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A target directory of its own for one test, empty at first.
fn target(test: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("report_command").join(test);
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => panic!("{error}"),
        _ => fs::create_dir_all(&folder).unwrap(),
    }
    folder
}

/// Writes a report file, as the macro does.
fn write(target: &Path, package: &str, file: &str, text: &str) {
    let folder = target.join("zokio").join(package);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(file), text).unwrap();
}

fn app(package: &str, item: &str, line: u32) -> String {
    format!(
        r##"{{"schema": 1, "package": "{package}", "crate": "app", "item": "{item}", "kind": "runtime",
            "file": "src/main.rs", "line": {line},
            "attribute": {{"file": "src/main.rs", "line": {line}, "text": "#[zokio::runtime(workers = 2)]"}},
            "decisions": [
                {{"key": "workers", "value": "2", "by": "user", "reason": "as written"}},
                {{"key": "queue_capacity", "value": "256", "by": "default", "reason": "room for a burst"}}
            ],
            "applied": ["each worker has a ring of its own"],
            "possible": []}}"##
    )
}

fn machine(package: &str) -> String {
    format!(
        r##"{{"schema": 1, "package": "{package}", "crate": "app", "item": "Fetch", "kind": "machine",
            "file": "src/fetch.rs", "line": 8,
            "attribute": {{"file": "src/fetch.rs", "line": 6, "text": "StateMachine"}},
            "start": "Connecting",
            "states": [
                {{"name": "Connecting", "line": 9, "awaits": "connect", "holds": [], "end": null, "to": ["Done"]}},
                {{"name": "Done", "line": 11, "awaits": null, "holds": [], "end": "returned", "to": []}}
            ],
            "graph": ["Connecting: awaits connect", "└─ Done: end"]}}"##
    )
}

fn run<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cargo-zokio")).args(arguments).output().unwrap()
}

/// Runs `cargo zokio report` on a target directory; code, output, complaints.
fn report(target: &Path, more: &[&str]) -> (i32, String, String) {
    let arguments = ["zokio".as_ref(), "report".as_ref(), "--target-dir".as_ref(), target.as_os_str()];
    texts(&run(arguments.into_iter().chain(more.iter().map(OsStr::new))))
}

fn texts(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn reports_are_printed_by_package() {
    let target = target("printed");
    write(&target, "web", "app-Late.json", &app("web", "Late", 40));
    write(&target, "web", "app-Zeroth.json", &app("web", "Zeroth", 4));
    write(&target, "api", "app-Api.json", &app("api", "Api", 7));
    write(&target, "api", "app-Api.txt", "not for us");
    let block = "    workers         2    user     as written
    queue_capacity  256  default  room for a burst
    applied
      each worker has a ring of its own
";
    let expected = format!(
        "package api\n\n  runtime Api, crate app, src/main.rs:7\n{block}\n\
         package web\n\n  runtime Zeroth, crate app, src/main.rs:4\n{block}\n  runtime Late, crate app, src/main.rs:40\n{block}"
    );
    assert_eq!(report(&target, &[]), (0, expected, String::new()));
}

#[test]
fn machines_are_drawn_among_them() {
    let target = target("drawn");
    write(&target, "web", "app-Web.json", &app("web", "Web", 4));
    write(&target, "web", "app-Fetch.json", &machine("web"));
    write(&target, "web", "app-Fetch.dot", "not for us");
    let (code, output, error) = report(&target, &[]);
    assert_eq!((code, error.as_str()), (0, ""));
    let expected = "package web

  machine Fetch, crate app, src/fetch.rs:8
    Connecting: awaits connect
    └─ Done: end

  runtime Web, crate app, src/main.rs:4
";
    assert!(output.starts_with(expected), "{output}");
    write(&target, "web", "app-Fetch.json", &machine("web").replace("graph", "picture"));
    let (code, output, error) = report(&target, &[]);
    assert!(code == 1 && output.contains("runtime Web"), "{output}");
    assert!(error.contains("app-Fetch.json: it has no `graph`"), "{error}");
}

#[test]
fn one_package_can_be_chosen() {
    let target = target("chosen");
    write(&target, "web", "app-Web.json", &app("web", "Web", 4));
    write(&target, "api", "app-Api.json", &app("api", "Api", 7));
    let (code, output, _) = report(&target, &["--package", "web"]);
    assert!(code == 0 && output.contains("runtime Web") && !output.contains("runtime Api"), "{output}");
    let (code, output, error) = report(&target, &["--package=wob"]);
    assert_eq!((code, output.as_str()), (1, ""));
    assert!(error.starts_with("error: there are no reports of the package `wob` in "), "{error}");
    assert!(error.contains("There are reports of `api`, `web`."), "{error}");
}

#[test]
fn json_is_one_array_of_what_was_written() {
    let target = target("json");
    let (web, api) = (app("web", "Web", 4), app("api", "Api", 7));
    write(&target, "web", "app-Web.json", &web);
    write(&target, "api", "app-Api.json", &api);
    let (code, output, _) = report(&target, &["--json"]);
    let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    assert_eq!((code, value(&output)), (0, serde_json::json!([value(&api), value(&web)])));
}

#[test]
fn without_reports_it_says_why_and_what_to_do() {
    let target = target("nothing");
    let (code, output, error) = report(&target, &[]);
    assert_eq!((code, output.as_str()), (1, ""));
    for part in ["error: there are no reports in ", "`cargo build`", "`report = off`", "`report = file`"] {
        assert!(error.contains(part), "{part} is not in {error}");
    }
    let (code, output, error) = report(&target, &["--json"]);
    assert_eq!((code, output.as_str()), (1, "[]\n"));
    assert!(error.contains("there are no reports"), "{error}");
}

#[test]
fn a_file_that_cannot_be_read_does_not_hide_the_others() {
    let target = target("broken");
    write(&target, "web", "app-Cut.json", &app("web", "Cut", 1)[..40]);
    write(&target, "web", "app-Newer.json", r#"{"schema": 2}"#);
    write(&target, "web", "app-Web.json", &app("web", "Web", 4));
    let (code, output, error) = report(&target, &[]);
    assert_eq!(code, 1);
    assert!(output.contains("runtime Web"), "{output}");
    let errors: Vec<&str> = error.lines().collect();
    assert_eq!(errors.len(), 2, "{error}");
    assert!(errors[0].contains("app-Cut.json: not JSON: EOF"), "{error}");
    assert!(errors[1].contains("app-Newer.json: its schema is 2"), "{error}");
}

#[test]
fn a_wrong_command_line_shows_the_usage() {
    let (code, output, error) = texts(&run(["report", "--jason"]));
    assert_eq!((code, output.as_str()), (2, ""));
    assert!(error.starts_with("error: unknown argument `--jason`\n\n") && error.contains("\nUsage: "), "{error}");
}

#[test]
fn help_and_version_go_to_standard_output() {
    let (code, output, error) = texts(&run(["zokio", "--help"]));
    assert_eq!((code, error.as_str()), (0, ""));
    assert!(output.contains("Usage: cargo zokio report"), "{output}");
    let version = format!("cargo-zokio {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(texts(&run(["--version"])), (0, version, String::new()));
}

#[test]
fn reports_are_those_of_the_workspace_as_it_is() {
    let folder = target("workspace");
    let manifest = folder.join("Cargo.toml");
    fs::write(&manifest, "[package]\nname = \"web\"\nedition = \"2024\"\n[workspace]\n").unwrap();
    fs::create_dir(folder.join("src")).unwrap();
    let main = |source: &str| fs::write(folder.join("src/main.rs"), source).unwrap();
    main("\n#[zokio::runtime(workers = 2)] struct Web;\nfn main() {}\n");
    write(&folder.join("elsewhere"), "web", "app-Web.json", &app("web", "Web", 2));
    write(&folder.join("elsewhere"), "api", "app-Api.json", &app("api", "Api", 2));
    let cargo_zokio = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-zokio"));
        command.args(["zokio", "report"]).env("CARGO_TARGET_DIR", folder.join("elsewhere"));
        command
    };
    let (code, output, error) = texts(&cargo_zokio().arg("--manifest-path").arg(&manifest).output().unwrap());
    assert!(code == 0 && output.contains("runtime Web"), "{error}");
    assert!(!output.contains("runtime Api"), "the package of another workspace: {output}");
    let within = || texts(&cargo_zokio().current_dir(folder.join("src")).output().unwrap());
    let (code, output, error) = within();
    assert!(code == 0 && error.is_empty() && output.contains("runtime Web"), "{error}");
    // Renamed and compiled again: the report of the old name is left behind.
    main("\n#[zokio::runtime(workers = 2)] struct Website;\nfn main() {}\n");
    write(&folder.join("elsewhere"), "web", "app-Website.json", &app("web", "Website", 2));
    let (code, output, error) = within();
    assert!(code == 0 && output.contains("runtime Website") && !output.contains("runtime Web,"), "{output}");
    assert!(error.starts_with("note: left out runtime Web, src/main.rs:2: ") && error.lines().count() == 1, "{error}");
    // The attribute has gone.
    main("\nstruct Website;\nfn main() {}\n");
    let (code, output, error) = within();
    assert_eq!((code, output.as_str()), (1, ""));
    assert!(error.contains("left out runtime Website") && error.contains("there are no reports"), "{error}");
    let (code, _, error) = texts(&cargo_zokio().args(["--manifest-path", "nowhere/Cargo.toml"]).output().unwrap());
    assert_eq!(code, 1);
    assert!(error.contains("`cargo metadata` did not find the workspace") && error.contains("--target-dir"), "{error}");
}

#[test]
fn a_reader_that_has_gone_is_no_panic() {
    let target = target("pipe");
    write(&target, "web", "app-Web.json", &app("web", "Web", 4));
    let (reader, writer) = io::pipe().unwrap();
    drop(reader);
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-zokio"));
    let output = command.args(["report", "--target-dir"]).arg(&target).stdout(writer).output().unwrap();
    assert_eq!(texts(&output), (0, String::new(), String::new()));
}
