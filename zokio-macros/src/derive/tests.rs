//! Faults are gathered, and each is there once. Their texts are in `ui-tests`.

use crate::report::Build;
use crate::tests::snapshots::compare;
use crate::tests::{build, folder};

/// Expands the derive; the messages of the faults.
fn faults(item: &str) -> Vec<String> {
    let target = folder();
    let tokens = super::expand(item.parse().unwrap(), &build(target.path()));
    let file: syn::File = syn::parse2(tokens).unwrap();
    let errors = file.items.into_iter().filter_map(|item| match item {
        syn::Item::Macro(item) if item.mac.path.segments.last().unwrap().ident == "compile_error" => Some(item.mac),
        _ => None,
    });
    let found: Vec<String> = errors.map(|error| error.parse_body::<syn::LitStr>().unwrap().value()).collect();
    assert_eq!(
        found.is_empty(),
        target.path().join("zokio/app/app-M.txt").exists(),
        "a faulty machine has no report: {found:#?}"
    );
    found
}

/// The first line of the only fault.
#[track_caller]
fn fault(item: &str) -> String {
    let found = faults(item);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].contains("\nwhy: ") && found[0].contains("\nwrite: "), "{}", found[0]);
    found[0].lines().next().unwrap().to_owned()
}

#[test]
fn a_right_machine_has_none() {
    for item in [
        "#[state_machine(start = A)] enum M { #[state(end)] A }",
        "#[state_machine(start = A, output = Result<u8, Vec<u8>>, crate = my::zokio)] enum M { #[state(to(B,))] A, #[state(failed)] B }",
        "#[state_machine(start = A)] #[state_machine(output = u8)] enum M { #[state(to(B, A))] A, #[state(end)] B }",
    ] {
        assert_eq!(faults(item), [] as [&str; 0], "{item}");
    }
}

#[test]
fn all_faults_of_a_machine_are_shown_at_once() {
    let found = faults(
        "#[state_machine(begin = A, output = u8, output = u8)]
        enum M {
            #[state(to(B, B, Nowhere))] A(#[future] u8, #[future] u8),
            #[state(end, to(A))] B(#[state(end)] u8),
            #[state(ended)] C,
            #[future] D,
        }",
    );
    // `begin`, `output` twice, no start; `B` twice, `Nowhere`, a second future; an end that leads on, `state` on a field; `ended`;
    // `future` on a variant, which leads nowhere.
    assert_eq!(found.len(), 11, "{found:#?}");
}

#[test]
fn nothing_is_concluded_from_a_transition_that_is_not_understood() {
    // `B` may be what `Bee` means, and would be reached then.
    let first = fault("#[state_machine(start = A)] enum M { #[state(to(Bee))] A, #[state(end)] B }");
    assert_eq!(first, "there is no state `Bee`");
    let first = fault("#[state_machine(start = A)] enum M { #[state(two(B))] A, #[state(end)] B }");
    assert_eq!(first, "`#[state]` has no word `two`");
}

#[test]
fn the_graph_is_checked() {
    for (item, expected) in [
        ("#[state_machine(start = A)] enum M { #[state(end)] A, #[state(to(A))] B }", "`B` is never reached"),
        ("#[state_machine(start = A)] enum M { #[state(to(A))] A }", "`M` has no end"),
        (
            "#[state_machine(start = A)] enum M { #[state(to(B, C))] A, #[state(to(B))] B, #[state(end)] C }",
            "`B` never leads to an end",
        ),
        ("#[state_machine(start = A)] enum M { A }", "`A` leads nowhere, and is no end"),
        ("#[state_machine(start = Ab)] enum M { #[state(to(AB))] Ab, #[state(end)] AB }", "`AB` would call `on_ab`"),
    ] {
        assert_eq!(fault(item), expected, "{item}");
    }
}

#[test]
fn what_is_no_machine_is_refused() {
    for (item, expected) in [
        ("struct M;", "`M` is no enum"),
        ("union M { a: u8 }", "`M` is no enum"),
        ("enum M {}", "`M` has no states"),
        ("enum M { #[state(end)] A }", "`M` has no start"),
        ("#[state_machine(start = A, report = note)] enum M { #[state(end)] A }", "`report = note` is for runtimes"),
        ("#[state_machine(start = A)] enum M { #[state(end, failed)] A }", "a state ends in one way"),
        ("#[state_machine(start = A)] enum M { #[state(end)] A(#[future = 1] u8) }", "`#[future]` takes nothing"),
        ("#[state_machine(start = A)] enum M { #[state(end)] #[state(end)] A }", "`A` has a second `#[state]`"),
    ] {
        assert_eq!(fault(item), expected, "{item}");
    }
}

#[test]
fn an_expansion_as_it_is() {
    let item = "#[state_machine(start = Reading, output = u64)]
        enum Copy<R: Read> {
            #[state(to(Reading, Done))] Reading { #[future] read: R, total: u64 },
            #[state(end)] Done(u64),
        }";
    let build = Build { package: String::new(), krate: String::new(), target: Err(String::new()) };
    compare("derived", super::expand(item.parse().unwrap(), &build));
}
