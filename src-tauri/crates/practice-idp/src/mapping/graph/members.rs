//! The members of an object in a mapping file, taken out one by one.

use serde_json::{Map, Value as Json};

/// The problems of a file, in sentences.
#[derive(Debug, Default)]
pub(super) struct Problems(Vec<String>);

impl Problems {
    /// Adds a sentence: a place and what it is or has.
    pub(super) fn add(&mut self, place: &str, predicate: &str) {
        let point = if predicate.ends_with('.') { "" } else { "." };
        self.0.push(format!("{place} {predicate}{point}"));
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The sentences.
    pub(super) fn into_sentences(self) -> Vec<String> {
        self.0
    }
}

/// The members that were not taken yet.
pub(super) struct Members {
    place: String,
    members: Map<String, Json>,
}

impl Members {
    /// The members of an object; anything else is a problem.
    pub(super) fn of(json: &Json, place: &str, problems: &mut Problems) -> Option<Self> {
        let Json::Object(members) = json else {
            problems.add(place, "is no JSON object");
            return None;
        };
        Some(Self {
            place: place.to_owned(),
            members: members.clone(),
        })
    }

    /// Takes a member as it is.
    pub(super) fn take(&mut self, name: &str) -> Option<Json> {
        self.members.shift_remove(name)
    }

    /// Takes a text; empty if it is missing or null.
    pub(super) fn text(&mut self, name: &str, problems: &mut Problems) -> String {
        match self.take(name) {
            None | Some(Json::Null) => String::new(),
            Some(Json::String(text)) => text,
            Some(_) => {
                problems.add(&self.place, &format!("has a member {name} that is no text"));
                String::new()
            }
        }
    }

    /// Takes a truth value.
    pub(super) fn truth(&mut self, name: &str, otherwise: bool, problems: &mut Problems) -> bool {
        match self.take(name) {
            None | Some(Json::Null) => otherwise,
            Some(Json::Bool(value)) => value,
            Some(_) => {
                problems.add(
                    &self.place,
                    &format!("has a member {name} that is neither true nor false"),
                );
                otherwise
            }
        }
    }

    /// Takes a number from zero on; `None` if it is missing or null.
    pub(super) fn number(&mut self, name: &str, problems: &mut Problems) -> Option<u32> {
        match self.take(name) {
            None | Some(Json::Null) => None,
            Some(json) => {
                let number = json.as_u64().and_then(|number| u32::try_from(number).ok());
                if number.is_none() {
                    problems.add(
                        &self.place,
                        &format!("has a member {name} that is no whole number from 0 on"),
                    );
                }
                number
            }
        }
    }

    /// Takes an array; empty if it is missing or null.
    pub(super) fn list(&mut self, name: &str, problems: &mut Problems) -> Vec<Json> {
        match self.take(name) {
            None | Some(Json::Null) => Vec::new(),
            Some(Json::Array(values)) => values,
            Some(_) => {
                problems.add(&self.place, &format!("has a member {name} that is no array"));
                Vec::new()
            }
        }
    }

    /// What was not taken.
    pub(super) fn rest(self) -> Map<String, Json> {
        self.members
    }
}
