//! Where reports go, and what happens when they cannot.

use super::{build, expand, folder};
use crate::names::Kind;
use crate::report::Build;

const ITEM: &str = "struct App;";

#[test]
fn reports_are_written_below_the_target_directory() {
    let target = folder();
    expand(Kind::Runtime, "workers = 2", ITEM, &build(target.path()));
    let read = |name| std::fs::read_to_string(target.path().join("zokio/app").join(name)).unwrap();
    assert!(read("app-App.json").contains(r#"{"key": "workers", "value": "2", "by": "user""#));
    assert!(read("app-App.txt").starts_with("runtime App, crate app\n"));
}

#[test]
fn nothing_is_written_when_reports_are_off() {
    let target = folder();
    let tokens = expand(Kind::Runtime, "report = off", ITEM, &build(target.path()));
    assert!(!target.path().join("zokio").exists());
    assert!(tokens.to_string().contains("OPTIMIZATION_REPORT"), "the constants are there all the same");
}

#[test]
fn what_keeps_a_report_from_being_written_is_in_it() {
    let target = folder();
    std::fs::write(target.path().join("zokio"), "a file where the folder should be").unwrap();
    let tokens = expand(Kind::Runtime, "", ITEM, &build(target.path())).to_string();
    assert!(tokens.contains("this one was not written, because") && tokens.contains("cannot be made"), "{tokens}");

    let nowhere = Build { target: Err("there is none".to_owned()), ..build(target.path()) };
    let tokens = expand(Kind::Runtime, "", ITEM, &nowhere).to_string();
    assert!(tokens.contains("this one was not written, because there is none"), "{tokens}");
}

#[test]
fn a_note_is_a_deprecated_constant_used_once() {
    let target = folder();
    let tokens = expand(Kind::Runtime, "report = note", ITEM, &build(target.path())).to_string();
    assert_eq!(tokens.matches("deprecated").count(), 1, "{tokens}");
    let quiet = expand(Kind::Runtime, "report = file", ITEM, &build(target.path())).to_string();
    assert!(!quiet.contains("deprecated"), "{quiet}");
}
