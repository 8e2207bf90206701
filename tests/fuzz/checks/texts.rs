//! Filters and paths.

use scim::{AttrPath, Filter, Notes, Nothing, Path, ResourceType};

use super::samples::{KINDS, sample};

/// The longest text whose other spelling is read again: what is shown may be longer than what was
/// sent, and a filter has a limit of 10 kB.
const READ_AGAIN: usize = 10_000;

/// What a filter still deviates in when it is shown: these are part of what it means.
const KEPT: &[&str] = &["term-after-brackets", "unknown-attribute", "unknown-schema"];

/// What is shown parses to the same filter, no resource satisfies a filter and its opposite,
/// strictness refuses some filters and reads none differently, and no password is told.
pub fn filter(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Some(other) = with_another_password(text) {
        for kind in KINDS {
            for notes in [Notes::default(), Notes::strict()] {
                assert_eq!(
                    said(text, kind, notes.clone()),
                    said(&other, kind, notes),
                    "a password is told"
                );
            }
        }
    }
    for kind in KINDS {
        let Ok(filter) = Filter::parse(text, kind, &mut Notes::default()) else {
            continue;
        };
        let resource = sample(kind);
        let matches = filter.matches(&resource, kind, &Nothing);
        let opposite = Filter::Not(Box::new(filter.clone()));
        assert!(
            !(matches && opposite.matches(&resource, kind, &Nothing)),
            "both {filter} and its opposite match"
        );
        let shown = filter.to_string();
        if shown.len() <= READ_AGAIN {
            let mut notes = Notes::default();
            let again = Filter::parse(&shown, kind, &mut notes);
            assert_eq!(again.as_ref(), Ok(&filter), "{text:?} is shown as {shown:?}");
            assert!(
                notes.iter().all(|note| KEPT.contains(&note.quirk.name())),
                "{shown:?} is not by the book: {notes:?}"
            );
        }
        if let Ok(strict) = Filter::parse(text, kind, &mut Notes::strict()) {
            assert_eq!(strict, filter, "read differently when strict");
        }
    }
}

/// The same filter with another text of the same length compared with the first password. `None` if
/// there is none, or something before it makes it doubtful that it is one.
fn with_another_password(text: &str) -> Option<String> {
    let (before, rest) = text.split_at(text.to_ascii_lowercase().find("password ")?);
    let mut words = rest.splitn(3, ' ');
    let (name, op, value) = (words.next()?, words.next()?, words.next()?);
    let (secret, after) = value.strip_prefix('"')?.split_once('"')?;
    let is_doubtful = before.contains(['"', '\''])
        || secret.is_empty()
        || secret.contains(|c: char| c == '\\' || c.is_control());
    let other = "x".repeat(secret.chars().count());
    (!is_doubtful).then(|| format!("{before}{name} {op} \"{other}\"{after}"))
}

/// What was said about a filter: the notes, and the error if there was one.
fn said(text: &str, kind: &'static ResourceType, mut notes: Notes) -> String {
    let outcome = Filter::parse(text, kind, &mut notes);
    format!("{notes:?} {:?}", outcome.err())
}

/// What is shown parses to the same name and the same path. Only the core schema as a whole cannot
/// be shown: a path does not know what it is a path of.
pub fn path(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let is_core = |name: &AttrPath| name.is_schema() && name.schema.is_none();
    for kind in KINDS {
        if let Some(name) = AttrPath::parse(text, kind).ok().filter(|name| !is_core(name)) {
            let shown = name.to_string();
            let again = AttrPath::parse(&shown, kind);
            assert_eq!(again, Ok(name), "{text:?} is shown as {shown:?}");
        }
        if let Some(path) = Path::parse(text, kind).ok().filter(|path| !is_core(&path.attr)) {
            let shown = path.to_string();
            if shown.len() <= READ_AGAIN {
                let again = Path::parse(&shown, kind);
                assert_eq!(again, Ok(path), "{text:?} is shown as {shown:?}");
            }
        }
    }
}
