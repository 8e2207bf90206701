//! Personal data replaced by pseudonyms, for a look over somebody's shoulder, an export or a
//! support bundle.
//!
//! A value has the same pseudonym wherever and however it is spelled, so that threads still join:
//! the user of a request, of a sync and of an administrator's action is `user-3f9a…@masked.invalid`
//! in each. Pseudonyms are made with a key that never leaves the data directory; without it nobody
//! can try out names. What describes no person is left: attributes' names, ids that are UUIDs,
//! kinds, times, states, groups' names. Everything else that was sent about a person is taken for
//! personal: rather one value too many than one too few.

mod address;

use std::collections::BTreeSet;

use data_encoding::HEXLOWER;
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Event, EventKind, Exchange, Journal};
use crate::accounts::fold;
use crate::error::{Error, Result};
use crate::store::{Key, Space};
use address::{decoded, encoded};

/// Members of a body that describe no person; whatever is in them is left.
const NEUTRAL: &[&str] = &[
    "schemas",
    "active",
    "meta",
    "id",
    "$ref",
    "op",
    "type",
    "primary",
    "resourcetype",
    "status",
    "scimtype",
    "totalresults",
    "itemsperpage",
    "startindex",
    "count",
    "method",
    "bulkid",
    "version",
    "location",
    "failonerrors",
    "sortby",
    "sortorder",
    "attributes",
    "excludedattributes",
    "nextcursor",
    "cursor",
    "supported",
    "maxoperations",
    "maxpayloadsize",
    "maxresults",
    "documentationuri",
    "specuri",
];

/// Members of a body that are sentences or filters: only what is known to be personal is replaced.
const SENTENCES: &[&str] = &["path", "detail", "filter"];

/// Headers that tell of a person or of where they sit.
const PERSONAL_HEADERS: &[&str] = &[
    "forwarded",
    "from",
    "x-forwarded-for",
    "x-real-ip",
    "true-client-ip",
];

/// Stands for a body that cannot be taken apart.
const UNREADABLE: &str = "(masked: it is no whole JSON)";

/// Shorter values are part of too many words to be looked for in sentences.
const SHORT: usize = 3;

/// What replaces personal data. Cheap to keep, not to make: the key is read from the store.
pub struct Mask {
    key: Vec<u8>,
}

impl Journal<'_> {
    /// The mask of this data directory; its key is made the first time.
    pub fn mask(&self) -> Result<Mask> {
        let place = Key::named(Space::Meta, "pseudonym key");
        if let Some(key) = self.store.get(&place)? {
            return Ok(Mask { key });
        }
        let mut fresh = vec![0_u8; 32];
        getrandom::fill(&mut fresh).map_err(|error| Error::Randomness(error.to_string()))?;
        let key = self.store.write(|turn| {
            if let Some(key) = turn.get::<Vec<u8>>(&place)? {
                return Ok(key);
            }
            turn.put(&place, &fresh)?;
            Ok(fresh)
        })?;
        self.store.settle()?;
        Ok(Mask { key })
    }
}

impl Mask {
    /// An event without personal data.
    pub fn event(&self, event: &Event) -> Event {
        let known = Known::of(event);
        let mut masked = event.clone();
        masked.identity = self.identity(event);
        for field in &mut masked.modified {
            if !is_neutral_field(event, &field.path) {
                let values = field.before.iter_mut().chain(&mut field.after);
                values.for_each(|value| *value = self.value(value));
            }
        }
        let steps = masked.steps.iter_mut().map(|step| &mut step.detail);
        let notes = masked.notes.iter_mut().map(|note| &mut note.sentence);
        let client = masked.client.iter_mut().map(|client| &mut client.reason);
        for sentence in steps.chain(notes).chain(client).chain([&mut masked.reason]) {
            *sentence = self.sentence(sentence, &known);
        }
        if let Some(exchange) = &mut masked.exchange {
            self.exchange(exchange, &known, is_about_group(event));
        }
        masked
    }

    /// A text whose e-mail addresses are replaced: for what is no event.
    pub fn text(&self, text: &str) -> String {
        self.addresses(text)
    }

    /// The pseudonym of a value; blank, `true`, `false` and UUIDs are left as they are.
    pub fn value(&self, value: &str) -> String {
        let folded = fold(value.trim());
        if folded.is_empty() || folded == "true" || folded == "false" || Uuid::parse_str(&folded).is_ok() {
            return value.to_owned();
        }
        let mut short = self.digest(&folded);
        short.truncate(12);
        if folded.contains('@') {
            format!("user-{short}@masked.invalid")
        } else {
            format!("masked-{short}")
        }
    }

    /// HMAC's nesting, so that nothing can be appended to what was hashed.
    fn digest(&self, folded: &str) -> String {
        let inner = Sha256::new()
            .chain_update(&self.key)
            .chain_update(folded)
            .finalize();
        let outer = Sha256::new()
            .chain_update(&self.key)
            .chain_update(inner)
            .finalize();
        HEXLOWER.encode(&outer)
    }

    fn identity(&self, event: &Event) -> String {
        match person_of(event) {
            Some(person) => event.identity.replacen(person, &self.value(person), 1),
            None => self.addresses(&event.identity),
        }
    }

    fn exchange(&self, exchange: &mut Exchange, known: &Known, is_group: bool) {
        exchange.path = self.target(&exchange.path, known);
        for (name, value) in &mut exchange.headers {
            *value = if PERSONAL_HEADERS
                .iter()
                .any(|personal| name.eq_ignore_ascii_case(personal))
            {
                self.value(value)
            } else {
                self.addresses(value)
            };
        }
        for body in exchange
            .request_body
            .iter_mut()
            .chain(&mut exchange.response_body)
        {
            *body = match serde_json::from_str::<Value>(body) {
                Ok(mut value) => {
                    self.json(&mut value, is_group, known);
                    value.to_string()
                }
                Err(_) if body.starts_with('(') => std::mem::take(body),
                Err(_) => UNREADABLE.to_owned(),
            };
        }
    }

    /// A path and its query: what is compared with is replaced, and the rest written as it was.
    fn target(&self, target: &str, known: &Known) -> String {
        let plain = decoded(target);
        let masked = self.sentence(&plain, known);
        if masked == plain {
            return target.to_owned();
        }
        encoded(&masked)
    }

    fn json(&self, value: &mut Value, is_group: bool, known: &Known) {
        match value {
            Value::Object(members) => {
                let is_group = is_group || is_group_resource(members);
                for (name, member) in members {
                    self.member(name, member, is_group, known);
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.json(item, is_group, known)),
            Value::String(text) => *text = self.value(text),
            Value::Number(number) => *value = Value::String(self.value(&number.to_string())),
            Value::Bool(_) | Value::Null => {}
        }
    }

    fn member(&self, name: &str, member: &mut Value, is_group: bool, known: &Known) {
        let name = name.to_ascii_lowercase();
        match member {
            Value::String(text) if SENTENCES.contains(&name.as_str()) => *text = self.sentence(text, known),
            _ if is_neutral(&name) || (is_group && name == "displayname") => {}
            _ => self.json(member, is_group, known),
        }
    }

    /// A sentence without what is known to be personal, and without e-mail addresses.
    fn sentence(&self, sentence: &str, known: &Known) -> String {
        let mut masked = sentence.to_owned();
        for value in &known.longest_first {
            if masked.contains(value.as_str()) {
                masked = masked.replace(value.as_str(), &self.value(value));
            }
        }
        self.addresses(&masked)
    }

    /// A text in which each e-mail address is replaced.
    fn addresses(&self, text: &str) -> String {
        if !text.contains('@') {
            return text.to_owned();
        }
        let is_part = |c: char| c.is_alphanumeric() || "._%+-@'!#$&*/=^`{|}~".contains(c);
        let mut masked = String::with_capacity(text.len());
        for piece in text.split_inclusive(|c| !is_part(c)) {
            let end = piece.trim_end_matches(|c| !is_part(c)).len();
            let (word, rest) = piece.split_at(end);
            let address = word.trim_end_matches(['.', '\'']);
            if is_address(address) && !address.ends_with("@masked.invalid") {
                masked.push_str(&self.value(address));
                masked.push_str(word.get(address.len()..).unwrap_or_default());
            } else {
                masked.push_str(word);
            }
            masked.push_str(rest);
        }
        masked
    }
}

fn is_address(word: &str) -> bool {
    word.split_once('@')
        .is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty())
}

/// What one event says about a person, word by word, to find it again in its sentences.
struct Known {
    longest_first: Vec<String>,
}

impl Known {
    fn of(event: &Event) -> Self {
        let mut values = BTreeSet::new();
        values.extend(person_of(event).map(str::to_owned));
        values.extend(named_in(&event.reason).map(str::to_owned));
        for field in &event.modified {
            if !is_neutral_field(event, &field.path) {
                values.extend(field.before.iter().chain(&field.after).cloned());
            }
        }
        if let Some(exchange) = &event.exchange {
            values.extend(quoted(&decoded(&exchange.path)));
            for body in exchange.request_body.iter().chain(&exchange.response_body) {
                if let Ok(body) = serde_json::from_str(body) {
                    learn(&body, is_about_group(event), &mut values);
                }
            }
        }
        let is_plain = |value: &String| matches!(value.as_str(), "true" | "false" | "True" | "False");
        values.retain(|value| value.trim().chars().count() >= SHORT && !is_plain(value));
        values.retain(|value| Uuid::parse_str(value).is_err());
        let mut longest_first: Vec<String> = values.into_iter().collect();
        longest_first.sort_by_key(|value| std::cmp::Reverse(value.len()));
        Self { longest_first }
    }
}

fn learn(value: &Value, is_group: bool, values: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            let is_group = is_group || is_group_resource(members);
            for (name, member) in members {
                let name = name.to_ascii_lowercase();
                match member {
                    Value::String(text) if SENTENCES.contains(&name.as_str()) => values.extend(quoted(text)),
                    _ if is_neutral(&name) || (is_group && name == "displayname") => {}
                    _ => learn(member, is_group, values),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| learn(item, is_group, values)),
        Value::String(text) => {
            values.insert(text.clone());
        }
        Value::Number(number) => {
            values.insert(number.to_string());
        }
        Value::Bool(_) | Value::Null => {}
    }
}

fn is_neutral(name: &str) -> bool {
    NEUTRAL.contains(&name)
}

/// A URN names the attribute at its end.
fn is_neutral_field(event: &Event, path: &str) -> bool {
    let name = path
        .rsplit([':', '.'])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let is_name = is_about_group(event) && name == "displayname";
    is_name || is_neutral(&name) || is_setting(event)
}

/// The change of a setting describes no person.
fn is_setting(event: &Event) -> bool {
    event.kind == EventKind::Admin && event.action == "Save settings"
}

fn is_about_group(event: &Event) -> bool {
    let action = event.action.to_lowercase();
    action.contains("group") && !action.contains("user")
}

fn is_group_resource(members: &serde_json::Map<String, Value>) -> bool {
    let is = |value: &Value| value.as_str().is_some_and(|urn| urn.ends_with(":Group"));
    members
        .get("schemas")
        .and_then(Value::as_array)
        .is_some_and(|schemas| schemas.iter().any(is))
}

/// The part of an event's identity that names a person.
fn person_of(event: &Event) -> Option<&str> {
    let identity = event.identity.as_str();
    let names_none = identity.is_empty()
        || is_about_group(event)
        || event.sync.is_some_and(|sync| identity == format!("Sync {sync}"));
    if names_none {
        return None;
    }
    if event.action.ends_with("membership") {
        return identity.split_once(" in ").map(|(person, _)| person);
    }
    Some(identity)
}

/// The names that a notice of a sync has in its sentence (`plan/render.rs`).
fn named_in(reason: &str) -> impl Iterator<Item = &str> {
    let between = |begin, end| {
        let (_, rest) = reason.split_once(begin)?;
        rest.split_once(end).map(|(name, _)| name)
    };
    [
        between("is held by the account of ", "; change one"),
        between("is matched by ", " already; two"),
    ]
    .into_iter()
    .flatten()
}

/// What stands between double quotes.
fn quoted(text: &str) -> Vec<String> {
    let inside = text.split('"').skip(1).step_by(2);
    inside
        .filter(|inside| !inside.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests;
