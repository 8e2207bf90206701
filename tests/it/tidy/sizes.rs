//! How long a file and a function may be: short enough to be read in one go.

use super::source::Source;
use super::{assert_none, tree};

const RUST_FILE: usize = 400;
const FUNCTION: usize = 60;
const INTERFACE_COMPONENT: usize = 120;
const INTERFACE_PAGE: usize = 250;

/// Files that may be longer, each with its reason.
const LONGER: &[(&str, &str)] = &[];

#[test]
fn no_rust_file_is_longer_than_one_reads() {
    let excepted = |path: &String| LONGER.iter().any(|(longer, _)| longer == path);
    let mut findings = Vec::new();
    for path in tree::product_rust_files()
        .into_iter()
        .filter(|path| !excepted(path))
    {
        let lines = Source::lines_without_tests(&tree::read(&path));
        if lines > RUST_FILE {
            findings.push(format!("{path}: {lines} lines"));
        }
    }
    assert_none(
        &format!("Split these along their concepts (at most {RUST_FILE} lines without tests):"),
        &findings,
    );
}

#[test]
fn no_function_is_longer_than_a_screen() {
    let mut findings = Vec::new();
    for path in tree::product_rust_files() {
        let functions = Source::without_tests(&tree::read(&path)).functions();
        let long = functions
            .into_iter()
            .filter(|function| function.length > FUNCTION);
        findings
            .extend(long.map(|each| format!("{path}:{} {} has {} lines", each.line, each.name, each.length)));
    }
    assert_none(
        &format!("Split these functions (at most {FUNCTION} lines):"),
        &findings,
    );
}

#[test]
fn no_component_or_page_is_longer_than_one_reads() {
    let mut findings = Vec::new();
    for path in tree::interface_files()
        .into_iter()
        .filter(|path| tree::has_extension(path, &["tsx"]))
    {
        let limit = if path.starts_with("ui/src/components/") {
            INTERFACE_COMPONENT
        } else {
            INTERFACE_PAGE
        };
        let lines = tree::read(&path).lines().count();
        if lines > limit {
            findings.push(format!("{path}: {lines} lines, at most {limit}"));
        }
    }
    assert_none(
        "Split these into components, or move what is not markup into a hook:",
        &findings,
    );
}
