//! Words that should not stand in some places: a machine's own paths anywhere, and sentences for
//! the reader outside the files that hold them all.

use super::{assert_none, tree};

/// Where one machine keeps things; written in two parts, so that this list does not find itself.
const PLACES: &[&str] = &[
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("/buil", "ds/"),
    concat!("/work", "space/"),
];
/// Names of build services.
const SERVICES: &[&str] = &[
    concat!("Jen", "kins"),
    concat!("Build", "kite"),
    concat!("Team", "City"),
];

/// Attributes whose text a person reads or hears.
const READ_ATTRIBUTES: &[&str] = &[
    "alt",
    "aria-label",
    "content",
    "description",
    "header",
    "hint",
    "label",
    "placeholder",
    "title",
    "validationMessage",
];

#[test]
fn no_file_knows_the_machine_it_was_written_on() {
    let mut findings = Vec::new();
    for path in tree::files() {
        for (number, line) in tree::read(&path).lines().enumerate() {
            if PLACES.iter().any(|place| names_place(line, place))
                || SERVICES.iter().any(|name| line.contains(name))
            {
                findings.push(format!("{path}:{}", number + 1));
            }
        }
    }
    assert_none("Say these without a path or a service of one machine:", &findings);
}

#[test]
fn the_interface_keeps_its_sentences_in_one_file() {
    let mut findings = Vec::new();
    for path in tree::interface_files()
        .into_iter()
        .filter(|path| tree::has_extension(path, &["tsx"]))
    {
        for (number, line) in tree::read(&path).lines().enumerate() {
            if let Some(words) = literal_attribute(line).or_else(|| literal_element(line)) {
                findings.push(format!("{path}:{} {words:?}", number + 1));
            }
        }
    }
    assert_none(
        "Move these words to the page's file in ui/src/text, where every sentence of the interface lives:",
        &findings,
    );
}

/// Whether a line holds an absolute path that begins so, rather than the middle of a longer path.
fn names_place(line: &str, place: &str) -> bool {
    let mut found = line.match_indices(place);
    found.any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|letter| letter.is_alphanumeric() || "._-}~".contains(letter))
    })
}

/// The text of an attribute such as `label="Save"`.
fn literal_attribute(line: &str) -> Option<&str> {
    READ_ATTRIBUTES.iter().find_map(|name| {
        let (before, after) = line.split_once(&format!("{name}=\""))?;
        let (words, _) = after.split_once('"')?;
        let is_whole_name = before.chars().next_back().is_none_or(char::is_whitespace);
        (is_whole_name && has_letters(words)).then_some(words)
    })
}

/// The text between two tags on one line, such as `<p>Saved.</p>`.
fn literal_element(line: &str) -> Option<&str> {
    let (before, _) = line.split_once("</")?;
    let (_, words) = before.rsplit_once('>')?;
    (has_letters(words) && !words.contains(['{', '}', '=', '(', ';'])).then_some(words)
}

fn has_letters(words: &str) -> bool {
    words.chars().any(char::is_alphabetic)
}

#[test]
fn words_are_told_from_code() {
    assert_eq!(
        literal_attribute(r#"<Button aria-label="Copy token" onClick={copy}>"#),
        Some("Copy token")
    );
    assert_eq!(literal_attribute("<Field label={text.settings.label}>"), None);
    assert_eq!(literal_attribute(r#"<img alt="" src="x.png"/>"#), None);
    assert_eq!(
        literal_attribute(r#"<i data-label="x"/>"#),
        None,
        "another attribute"
    );
    assert_eq!(literal_element("<Text>Nothing yet.</Text>"), Some("Nothing yet."));
    assert_eq!(literal_element("<Text>{text.empty}</Text>"), None);
    assert_eq!(literal_element("<Text><b>{name}</b></Text>"), None);
    assert_eq!(literal_element("const x: Map<string, number> = make();"), None);
}

#[test]
fn a_place_is_an_absolute_path() {
    let place = PLACES[1];
    assert!(names_place(&format!("see {place}notes"), place));
    assert!(names_place(&format!("\"{place}notes\""), place));
    assert!(!names_place(&format!("tree{place}leaf"), place));
}
