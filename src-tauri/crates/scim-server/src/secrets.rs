//! The passwords of one request: whatever it sets as one or compares with one. They are looked for
//! in everything that its event says, since an error or a note may quote what was sent.

use serde_json::Value;

use crate::exchange::Call;
use crate::redact::{
    HIDDEN, decoded, ends_in_password, json_within, may_hold_password, mentions_password, parsed,
};

/// A secret shorter than this is part of so many words that only a whole word is taken for it.
const SHORT: usize = 3;

/// Words of a filter that are no values.
const WORDS: &[&str] = &[
    "eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le", "pr", "and", "or", "not", "=", "==", "!=",
];

/// What must not be told of a request.
#[derive(Debug, Clone, Default)]
pub(crate) struct Secrets {
    /// The longest first, so that none is cut by another.
    texts: Vec<String>,
    /// Something is compared with a password, so that a sentence may quote the comparison.
    compared: bool,
}

impl Secrets {
    /// The secrets of a request, from its address and its body.
    pub(crate) fn of(call: &Call) -> Self {
        let mut secrets = Self::default();
        if mentions_password(&decoded(&call.target())) {
            secrets.learn_comparison(&decoded(&call.path));
            for (_, value) in form_urlencoded::parse(call.query.as_bytes()) {
                secrets.learn_comparison(&value);
            }
        }
        let text = String::from_utf8_lossy(&call.body);
        if may_hold_password(&text) {
            match parsed(&text) {
                Some(value) => secrets.learn(&value),
                None => secrets.learn_comparison(&text),
            }
        }
        secrets.texts.retain(|text| !text.trim().is_empty());
        secrets
            .texts
            .sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        secrets.texts.dedup();
        secrets
    }

    /// Whether there is nothing to look for.
    pub(crate) const fn is_empty(&self) -> bool {
        self.texts.is_empty() && !self.compared
    }

    /// Takes the secrets out of a value.
    pub(crate) fn hide(&self, text: &mut String) {
        for secret in &self.texts {
            if text == secret {
                HIDDEN.clone_into(text);
            } else if text.contains(secret.as_str()) {
                *text = if secret.chars().count() < SHORT {
                    without_word(text, secret)
                } else {
                    text.replace(secret.as_str(), HIDDEN)
                };
            }
        }
    }

    /// Takes the secrets out of a sentence, and what it quotes of a comparison with a password.
    pub(crate) fn hide_in_sentence(&self, text: &mut String) {
        self.hide(text);
        if !self.compared {
            return;
        }
        // "`password` is …" says something about the attribute and quotes no comparison.
        let quoted = mentions(text).find(|end| {
            let rest = text.get(*end..).unwrap_or_default();
            !rest.is_empty() && !rest.starts_with('`')
        });
        if let Some(end) = quoted {
            text.truncate(end);
            text.push(' ');
            text.push_str(HIDDEN);
        }
    }

    fn learn(&mut self, value: &Value) {
        match value {
            Value::Object(object) => {
                let names_one = names_password_in_path(object);
                for (name, value) in object {
                    let is = |known: &str| name.eq_ignore_ascii_case(known);
                    match value {
                        _ if ends_in_password(name) || (names_one && is("value")) => self.learn_all(value),
                        Value::String(text) if is("path") || is("filter") => self.learn_comparison(text),
                        _ => self.learn(value),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.learn(item)),
            Value::String(text) => {
                if let Some(inner) = json_within(text) {
                    self.learn(&inner);
                }
            }
            _ => {}
        }
    }

    fn learn_all(&mut self, value: &Value) {
        match value {
            Value::Object(object) => object.values().for_each(|value| self.learn_all(value)),
            Value::Array(items) => items.iter().for_each(|item| self.learn_all(item)),
            Value::String(text) => self.texts.push(text.clone()),
            Value::Number(number) => self.texts.push(number.to_string()),
            Value::Bool(_) | Value::Null => {}
        }
    }

    /// Learns the values that follow the attribute, be the text a filter or only meant as one.
    fn learn_comparison(&mut self, text: &str) {
        let Some(end) = mentions(text).next() else {
            return;
        };
        let rest = text.get(end..).unwrap_or_default();
        if rest.trim().is_empty() && ends_in_password(text) {
            return;
        }
        self.compared = true;
        let mut values = literals(rest);
        if values.is_empty() {
            values = literals(text);
        }
        self.texts.append(&mut values);
    }
}

/// Where each mention of the attribute ends: `password`, but not `lastPasswordChangeDateTime`.
pub(crate) fn mentions(text: &str) -> impl Iterator<Item = usize> {
    const WORD: &str = "password";
    let folded = text.to_ascii_lowercase();
    let ends: Vec<usize> = folded
        .match_indices(WORD)
        .map(|(begin, _)| begin + WORD.len())
        .filter(|end| {
            let next = folded.get(*end..).and_then(|rest| rest.chars().next());
            !next.is_some_and(char::is_alphanumeric)
        })
        .collect();
    ends.into_iter()
}

/// Whether an operation's `path` leads to a password, or through a filter on one.
pub(crate) fn names_password_in_path(object: &serde_json::Map<String, Value>) -> bool {
    object.iter().any(|(key, path)| {
        key.eq_ignore_ascii_case("path") && path.as_str().is_some_and(|path| mentions(path).next().is_some())
    })
}

/// The values of a filter: what is in quotes, as written and as meant; without any, every word
/// that is no operator.
fn literals(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(begin) = rest.find(['"', '\'']) {
        let quote = rest.get(begin..).and_then(|from| from.chars().next());
        let inside = rest.get(begin + 1..).unwrap_or_default();
        let end = closing(inside, quote.unwrap_or('"'));
        let written = inside.get(..end).unwrap_or_default();
        found.push(written.to_owned());
        if let Ok(meant) = serde_json::from_str::<String>(&format!("\"{written}\"")) {
            found.push(meant);
        }
        rest = inside.get(end + 1..).unwrap_or_default();
    }
    if found.is_empty() {
        let words = text.split(|c: char| c.is_whitespace() || "()[]".contains(c));
        found.extend(
            words
                .filter(|word| !word.is_empty() && !WORDS.contains(&word.to_ascii_lowercase().as_str()))
                .map(str::to_owned),
        );
    }
    found
}

/// Where a text ends that began with `quote`; a backslash takes the next character along.
fn closing(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if c == quote {
            return at;
        }
    }
    text.len()
}

/// A text without a word where nothing that could belong to a longer word is beside it.
fn without_word(text: &str, word: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    for (begin, _) in text.match_indices(word) {
        let end = begin + word.len();
        let before = text.get(..begin).and_then(|before| before.chars().next_back());
        let after = text.get(end..).and_then(|after| after.chars().next());
        if [before, after].into_iter().flatten().any(char::is_alphanumeric) {
            continue;
        }
        kept.push_str(text.get(from..begin).unwrap_or_default());
        kept.push_str(HIDDEN);
        from = end;
    }
    kept.push_str(text.get(from..).unwrap_or_default());
    kept
}
