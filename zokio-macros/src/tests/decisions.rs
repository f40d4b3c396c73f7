//! What the plan makes of what the attribute says.

use crate::diagnostics::Faults;
use crate::names::{KEYS, Kind};
use crate::report::By;
use crate::runtime::attribute::pairs;
use crate::runtime::config::Config;
use crate::runtime::plan::{Driver, Plan, Scheduler, plan};
use crate::runtime::value::{Strategy, Workers};

#[track_caller]
fn planned(kind: Kind, arguments: &str) -> Plan {
    let mut faults = Faults::default();
    let pairs = pairs(arguments.parse().unwrap(), &mut faults);
    let config = Config::new(kind, &pairs, &mut faults);
    assert!(faults.is_empty(), "{arguments}: {:?}", faults.texts());
    plan(kind, &config)
}

/// Key, value and who decided, of one row of the report.
#[track_caller]
fn row(plan: &Plan, key: &str) -> (String, By) {
    let row = plan.decisions.iter().find(|row| row.key == key).unwrap_or_else(|| panic!("no row for {key}"));
    (row.value.clone(), row.by)
}

#[test]
fn without_a_word_there_are_as_many_workers_as_the_machine_has() {
    for kind in [Kind::Runtime, Kind::Main] {
        let plan = planned(kind, "");
        let workers = Workers::Auto;
        let strategy = Strategy::LocalFirst;
        assert_eq!(plan.scheduler, Scheduler::Many { workers, stealing: true, strategy, queue_capacity: 256 });
        assert_eq!(plan.driver, Driver::Auto { entries: 256 });
        assert_eq!((plan.blocking_threads, plan.timer_resolution), (512, 1_000_000));
        assert_eq!(plan.thread_name, "zokio-worker");
        assert!(plan.decisions.iter().all(|row| row.by == By::Default), "{:?}", plan.decisions);
    }
}

#[test]
fn a_test_has_one_worker() {
    let plan = planned(Kind::Test, "");
    assert_eq!(plan.scheduler, Scheduler::One);
    assert_eq!(row(&plan, "workers"), ("1".to_owned(), By::Default));
    assert_eq!(row(&plan, "stealing"), ("false".to_owned(), By::Derived));
    assert!(matches!(planned(Kind::Test, "workers = 2").scheduler, Scheduler::Many { .. }));
}

#[test]
fn values_are_read_as_they_are_written() {
    for (written, key, value) in [
        ("workers = 3", "workers", "3"),
        ("workers = \"auto\"", "workers", "auto"),
        ("workers = 1_000", "workers", "1000"),
        ("stealing = false", "stealing", "false"),
        ("strategy = global_first", "strategy", "global_first"),
        ("strategy = \"round_robin\"", "strategy", "round_robin"),
        ("queue_capacity = 0x40", "queue_capacity", "64"),
        ("io = uring", "io", "uring"),
        ("io = \"mio\"", "io", "mio"),
        ("ring_entries = 1", "ring_entries", "1"),
        ("memory = general", "memory", "general"),
        ("max_task_size = 1_024", "max_task_size", "1024"),
        ("blocking_threads = 4096", "blocking_threads", "4096"),
        ("timer_resolution = \"1s\"", "timer_resolution", "1s"),
        ("timer_resolution = \"1000us\"", "timer_resolution", "1ms"),
        ("timer_resolution = \" 1500 ns \"", "timer_resolution", "1500ns"),
        ("timer_resolution = \"2µs\"", "timer_resolution", "2us"),
        ("thread_name = \"echo\"", "thread_name", "echo"),
        ("report = note", "report", "note"),
    ] {
        let plan = planned(Kind::Runtime, written);
        assert_eq!(row(&plan, key), (value.to_owned(), By::User), "{written}");
    }
}

#[test]
fn every_key_has_a_good_example() {
    for key in KEYS {
        planned(Kind::Main, &format!("{} = {}", key.name, key.example));
    }
}

#[test]
fn tokios_words_choose_the_same_runtimes() {
    let scheduler = |arguments| planned(Kind::Main, arguments).scheduler;
    assert_eq!(scheduler("flavor = \"current_thread\""), Scheduler::One);
    assert_eq!(scheduler("flavor = \"multi_thread\""), scheduler(""));
    assert_eq!(scheduler("flavor = \"multi_thread\", worker_threads = 3"), scheduler("workers = 3"));
    assert_eq!(scheduler("worker_threads = 1"), Scheduler::One);
    // tokio's one worker of several is a thread of its own.
    let beside = scheduler("flavor = \"multi_thread\", worker_threads = 1");
    assert!(matches!(beside, Scheduler::Many { workers: Workers::Exactly(1), stealing: false, .. }), "{beside:?}");
    let test = planned(Kind::Test, "flavor = \"multi_thread\", start_paused = false");
    assert_eq!(test.scheduler, scheduler(""));
    assert_eq!(row(&test, "workers"), ("auto".to_owned(), By::Derived));
}

#[test]
fn rings_have_entries_and_other_drivers_none() {
    assert_eq!(planned(Kind::Main, "io = uring, ring_entries = 8").driver, Driver::Uring { entries: 8 });
    for io in ["mio", "none"] {
        let plan = planned(Kind::Main, &format!("io = {io}"));
        assert!(plan.decisions.iter().all(|row| row.key != "ring_entries"), "{io}");
    }
}

#[test]
fn what_macro_rules_pass_on_is_read() {
    use proc_macro2::{Delimiter, Group, TokenTree};
    use quote::quote;
    let wrapped = TokenTree::Group(Group::new(Delimiter::None, quote!(7)));
    let mut faults = Faults::default();
    let pairs = pairs(quote!(workers = #wrapped), &mut faults);
    let config = Config::new(Kind::Main, &pairs, &mut faults);
    assert_eq!(config.workers.value(), Some(&Workers::Exactly(7)));
}
