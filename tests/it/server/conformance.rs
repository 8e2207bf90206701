//! Writes `src-tauri/crates/scim/CONFORMANCE.md` from the rows, and fails when the committed one
//! was not what it writes, or when a section of an RFC was forgotten.
//!
//! Kept by hand in `tests/data/rfc/conformance`: `outline.json`, the sections there are, with a
//! reason where there is nothing to test; `choices.json`, what the server does where the RFC
//! leaves it open, or in spite of it (`departs`), each with a reason; `sources.json`, what the
//! sources of the other rows are called.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;

use acceptance::workspace;
use serde_json::{Value, json};

use super::rows::{self, Row};

const DOCUMENT: &str = "src-tauri/crates/scim/CONFORMANCE.md";

/// From the document to the rows.
const DATA: &str = "../../../tests/data";

const HEAD: &str = "\
<!-- Written by `cargo test -p acceptance --test it server::`. Edit the rows in tests/data instead. -->

# Conformance

What the SCIM server does, section by section of RFC 7643 (core schema), RFC 7644 (protocol) and
RFC 9865 (cursors), and what it was shown to do with real clients.

Every sentence in a table stands for a row: requests that a test sends to the server, byte for
byte, and what must come back. The row is in the file that the sentence names; `tests/it/server.rs`
says how rows are written and runs them. Below the tables stands what the server was free to
choose, and, marked **departs**, where it does not do what the RFC asks, with the reason.
";

#[test]
fn the_committed_conformance_summary_is_fresh() {
    let path = workspace().join(DOCUMENT);
    let (fresh, committed) = (document(), fs::read_to_string(&path).unwrap_or_default());
    if fresh != committed {
        fs::write(&path, &fresh).unwrap();
        panic!("{DOCUMENT} was stale and has been written again; look at the difference and commit it");
    }
}

#[test]
fn no_section_of_the_rfcs_is_forgotten() {
    let (outline, choices, rows) = (kept("outline"), kept("choices"), rows::of_folder("rfc"));
    let sections: Vec<&Value> = outline.iter().flat_map(|rfc| items(&rfc["sections"])).collect();
    let known: BTreeSet<&str> = sections.iter().map(|section| text(section, "section")).collect();
    let mut faults = holes(&known);
    let with_rows: BTreeSet<&str> = rows.iter().map(Row::origin).collect();
    let chosen: BTreeSet<&str> = choices.iter().map(|choice| text(choice, "section")).collect();
    for stranger in with_rows.union(&chosen).filter(|named| !known.contains(*named)) {
        faults.push(format!("{stranger} is not in the outline"));
    }
    for section in sections {
        let name = text(section, "section");
        let covered = with_rows.contains(name) || chosen.contains(name);
        match (covered, section.get("nothing").is_some()) {
            (false, false) => faults.push(format!("{name} has no row, no choice, and no reason why not")),
            (true, true) => faults.push(format!("{name} is said to have nothing to test, and has")),
            _ => {}
        }
    }
    assert!(
        faults.is_empty(),
        "Mend these in tests/data/rfc and its folder conformance:\n  {}\n",
        faults.join("\n  ")
    );
}

/// Sections that must be there because a later one, or one within them, is.
fn holes(known: &BTreeSet<&str>) -> Vec<String> {
    let mut missing = BTreeSet::new();
    for section in known {
        let (rfc, number) = section.split_once(" §").unwrap();
        let Some((parent, last)) = number.rsplit_once('.') else {
            continue;
        };
        missing.insert(format!("{rfc} §{parent}"));
        let last: usize = last.parse().unwrap();
        missing.extend((1..last).map(|earlier| format!("{rfc} §{parent}.{earlier}")));
    }
    missing.retain(|section| !known.contains(section.as_str()));
    let missing = missing.into_iter();
    missing
        .map(|section| format!("{section} is not in the outline"))
        .collect()
}

fn document() -> String {
    let (outline, choices, rows) = (kept("outline"), kept("choices"), rows::of_folder("rfc"));
    let mut out = HEAD.to_owned();
    overview(&mut out, &outline, &choices, &rows);
    for rfc in &outline {
        writeln!(out, "\n## {}: {}", text(rfc, "rfc"), text(rfc, "title")).unwrap();
        for section in items(&rfc["sections"]) {
            write_section(&mut out, section, &choices, &rows);
        }
        nothing_to_test(&mut out, rfc);
    }
    real_clients(&mut out);
    out
}

fn overview(out: &mut String, outline: &[Value], choices: &[Value], rows: &[Row]) {
    out.push_str("\n| standard | rows | left to the server | departs |\n|---|---:|---:|---:|\n");
    for rfc in outline {
        let (name, title) = (text(rfc, "rfc"), text(rfc, "title"));
        let here = |section: &str| section.split(" §").next() == Some(name);
        let rows = rows.iter().filter(|row| here(row.origin())).count();
        let (departs, free): (Vec<_>, Vec<_>) = choices
            .iter()
            .filter(|choice| here(text(choice, "section")))
            .partition(|choice| choice["departs"] == true);
        writeln!(
            out,
            "| {name} {title} | {rows} | {} | {} |",
            free.len(),
            departs.len()
        )
        .unwrap();
    }
}

fn write_section(out: &mut String, section: &Value, choices: &[Value], rows: &[Row]) {
    let name = text(section, "section");
    let mut rows: Vec<&Row> = rows.iter().filter(|row| row.origin() == name).collect();
    rows.sort_by_key(|row| row.id());
    let choices = choices.iter().filter(|choice| text(choice, "section") == name);
    let choices: Vec<&Value> = choices.collect();
    if rows.is_empty() && choices.is_empty() {
        return;
    }
    let (_, number) = name
        .split_once(' ')
        .and_then(|(_, rest)| rest.split_once(' '))
        .unwrap();
    writeln!(out, "\n### {number} {}\n", text(section, "title")).unwrap();
    if !rows.is_empty() {
        out.push_str("| what the server does | row |\n|---|---|\n");
    }
    for row in &rows {
        let says = sentence(row.says());
        writeln!(out, "| {says} | [{}]({DATA}/{}) |", row.id(), row.file).unwrap();
    }
    if !rows.is_empty() && !choices.is_empty() {
        out.push('\n');
    }
    for choice in choices {
        let mark = if choice["departs"] == true {
            "**Departs.** "
        } else {
            ""
        };
        writeln!(
            out,
            "* {mark}{} *{}*",
            text(choice, "says"),
            text(choice, "because")
        )
        .unwrap();
    }
}

fn nothing_to_test(out: &mut String, rfc: &Value) {
    out.push_str("\n### Nothing to test\n\n| section | why |\n|---|---|\n");
    for section in items(&rfc["sections"]) {
        if let Some(why) = section["nothing"].as_str() {
            let (_, number) = text(section, "section").split_once(" §").unwrap();
            writeln!(out, "| §{number} {} | {why} |", text(section, "title")).unwrap();
        }
    }
}

/// The rows that come from real clients, counted by source, or by client where none is named.
fn real_clients(out: &mut String) {
    let sources = kept("sources");
    out.push_str(
        "\n## Real clients\n\nWhat identity providers were seen or are documented to send, by source.\n",
    );
    out.push_str("\n| source | rows | folder |\n|---|---:|---|\n");
    for folder in rows::FOLDERS.iter().filter(|folder| **folder != "rfc") {
        let mut counts: BTreeMap<(usize, String), usize> = BTreeMap::new();
        for row in rows::of_folder(folder) {
            *counts.entry(called(&row, &sources)).or_default() += 1;
        }
        for ((_, source), count) in counts {
            let source = cell(&source);
            writeln!(out, "| {source} | {count} | [{folder}]({DATA}/{folder}) |").unwrap();
        }
    }
}

/// What a row's source is called, and its place among the sources. The longest that fits counts;
/// if none does, whose row it is.
fn called(row: &Row, sources: &[Value]) -> (usize, String) {
    let origin = row.origin();
    let fitting = sources.iter().enumerate().filter(|(_, source)| {
        let (named, digit) = (text(source, "source"), |c: char| c.is_ascii_digit());
        // §1.5.4 is neither §1.5.4b nor §1.5.45, but T is the beginning of T145.
        let goes_on = |rest: &str| rest.starts_with(|c: char| digit(c) || c.is_ascii_lowercase());
        let rest = origin.strip_prefix(named);
        rest.is_some_and(|rest| !(named.ends_with(digit) && goes_on(rest)))
    });
    fitting
        .max_by_key(|(_, source)| text(source, "source").len())
        .map_or_else(
            || {
                let client = row.client().split(',').next().unwrap_or_default();
                (usize::MAX, format!("Traps of single requests: {client}"))
            },
            |(place, source)| (place, text(source, "title").to_owned()),
        )
}

/// Begins with a capital and ends with a stop.
fn sentence(says: &str) -> String {
    let mut chars = says.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    let stop = if says.ends_with(['.', '!', '?']) { "" } else { "." };
    cell(&format!("{first}{}{stop}", chars.as_str()))
}

/// As it stands in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "&lt;")
}

/// A list kept by hand.
fn kept(name: &str) -> Vec<Value> {
    let path = workspace().join(format!("tests/data/rfc/conformance/{name}.json"));
    let file = fs::read_to_string(path).unwrap();
    serde_json::from_str(&file).unwrap_or_else(|error| panic!("{name}.json: {error}"))
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

#[track_caller]
fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    let text = value[key].as_str();
    text.unwrap_or_else(|| panic!("{value} has no {key}"))
}

#[test]
fn a_section_that_is_left_out_is_missed() {
    let known = BTreeSet::from(["RFC 1 §2", "RFC 1 §2.2", "RFC 1 §3.1"]);
    assert_eq!(
        holes(&known),
        [
            "RFC 1 §2.1 is not in the outline",
            "RFC 1 §3 is not in the outline"
        ]
    );
}

#[test]
fn a_source_is_called_by_the_longest_name_that_fits() {
    let sources = [
        json!({ "source": "doc §1.5.4", "title": "legacy" }),
        json!({ "source": "doc §1.5.4b", "title": "flag" }),
        json!({ "source": "traps B", "title": "behaviour" }),
    ];
    for (source, title) in [
        ("doc §1.5.4", "legacy"),
        ("doc §1.5.4, strict", "legacy"),
        ("doc §1.5.4b", "flag"),
        ("doc §1.5.45", "Traps of single requests: Okta"),
        ("traps B01", "behaviour"),
    ] {
        let row = Row {
            file: String::new(),
            value: json!({ "source": source, "client": "Okta, Entra" }),
        };
        assert_eq!(called(&row, &sources).1, title, "{source}");
    }
}
