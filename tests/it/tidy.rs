//! The rules of the house, checked: layout, module docs, layers, sizes, and a few words.
//!
//! Each test gathers everything that breaks its rule and fails once, naming the files and saying
//! what to do. The rules read the sources as text, with comments, literals and test code blanked
//! out where they do not count; [`source`] holds that reading and is tested itself.

#![cfg(test)] // says to the lints that the helpers here are test code as well

mod layers;
mod sizes;
mod source;
mod tree;
mod words;

use source::Source;

const TOP_LEVEL: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "icons",
    "src-tauri",
    "tests",
    "ui",
];

/// Fails with every finding on a line of its own, under what to do about them.
#[track_caller]
fn assert_none(what_to_do: &str, findings: &[String]) {
    assert!(findings.is_empty(), "{what_to_do}\n  {}\n", findings.join("\n  "));
}

#[test]
fn the_top_level_holds_only_what_belongs_there() {
    let entries = tree::files()
        .into_iter()
        .map(|path| path.split('/').next().unwrap().to_owned());
    let strange = |entry: &String| !entry.starts_with('.') && !TOP_LEVEL.contains(&entry.as_str());
    let mut findings: Vec<String> = entries.filter(strange).collect();
    findings.dedup();
    assert_none(
        "The top level is fixed. Move these into src-tauri, ui, tests or a dot-folder:",
        &findings,
    );
}

#[test]
fn every_rust_file_opens_with_what_it_is_for() {
    let bare = |path: &String| !tree::read(path).starts_with("//!");
    let findings: Vec<String> = tree::rust_files().into_iter().filter(bare).collect();
    assert_none(
        "Open these files with `//!` and a sentence that says what the file is for:",
        &findings,
    );
}

#[test]
fn every_allowed_lint_has_a_reason() {
    let mut findings = Vec::new();
    for path in tree::rust_files() {
        let source = Source::new(&tree::read(&path));
        for attribute in source.attributes("allow") {
            if !attribute.text.contains("reason") {
                findings.push(format!("{path}:{}", attribute.line));
            }
        }
    }
    assert_none(
        "Give these a reason, or better write `#[expect(…, reason = \"…\")]`, which tells when it is no longer needed:",
        &findings,
    );
}

#[test]
fn the_generated_types_say_that_they_are_generated() {
    let path = "ui/src/api/bindings.ts";
    let findings = if tree::read(path).starts_with("// Written by `cargo test`") {
        vec![]
    } else {
        vec![path.to_owned()]
    };
    assert_none(
        "Run `cargo test` and commit what it writes; this file is not edited by hand:",
        &findings,
    );
}
