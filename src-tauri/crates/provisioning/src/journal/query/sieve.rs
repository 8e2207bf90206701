//! Telling from the stored bytes of an event that it cannot be what is looked for, at a fraction
//! of what it costs to read it. A sieve may let through what does not match, and never holds
//! back what does.

use memchr::memmem;

use super::Query;
use super::terms::{Field, Kind, Term, Test};

/// How the log writes what is hidden; the one thing that is not ASCII in most events.
const HIDDEN: &str = "••••";

impl Query {
    /// Whether an event with these bytes may match.
    pub(super) fn may_match(&self, bytes: &[u8]) -> bool {
        self.terms.iter().all(|term| term.may_match(bytes))
    }
}

impl Term {
    fn may_match(&self, bytes: &[u8]) -> bool {
        if self.negated {
            return true;
        }
        match &self.test {
            Test::Since(_) | Test::Before(_) => true,
            Test::Word(word) => may_hold(bytes, word),
            Test::Field(field, values) => values.iter().any(|value| field.may_match(bytes, value)),
        }
    }
}

impl Field {
    fn may_match(self, bytes: &[u8], value: &str) -> bool {
        let has = |needle: &str| memmem::find(bytes, needle.as_bytes()).is_some();
        match self {
            Self::Status => has(&format!("\"status\":\"{value}")),
            Self::Kind => has(&format!("\"kind\":\"{value}")),
            Self::Is => match value.chars().next() {
                Some('a') => has("\"kind\":\"admin\""),
                Some('t') => has("Test Mode"),
                Some('s') => has("\"kind\":\"sync\""),
                // `is:re` is both a request and one that was rejected.
                _ => Kind::NAMES.iter().any(|name| name.starts_with(value)) && has("\"kind\":\"request\""),
            },
            Self::Sync => has(&format!("\"sync\":{value}")),
            Self::Http => has("\"exchange\":"),
            Self::Quirk => has(value),
            // What is made of several members, or of one whose text may be escaped.
            Self::Method
            | Self::Action
            | Self::Identity
            | Self::User
            | Self::Group
            | Self::Source
            | Self::Client
            | Self::Path
            | Self::Reason
            | Self::Changed
            | Self::Request
            | Self::Target => may_hold(bytes, value),
        }
    }
}

/// Whether JSON may hold a folded text in one of its strings. Where folding or escaping could
/// have made the text of something else, it may.
fn may_hold(bytes: &[u8], folded: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "@.-_:/%+()?=&".contains(c);
    if !folded.chars().all(is_plain) {
        return true;
    }
    holds_ignoring_case(bytes, folded.as_bytes()) || !is_ascii_but_for_hidden(bytes)
}

fn holds_ignoring_case(bytes: &[u8], folded: &[u8]) -> bool {
    let Some(&first) = folded.first() else {
        return true;
    };
    memchr::memchr2_iter(first, first.to_ascii_uppercase(), bytes).any(|at| {
        bytes
            .get(at..at + folded.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(folded))
    })
}

fn is_ascii_but_for_hidden(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some(at) = memmem::find(rest, HIDDEN.as_bytes()) {
        let (before, after) = rest.split_at(at);
        if !before.is_ascii() {
            return false;
        }
        rest = after.get(HIDDEN.len()..).unwrap_or_default();
    }
    rest.is_ascii()
}
