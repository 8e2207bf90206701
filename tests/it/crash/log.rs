//! A change and its event are one: both are there after the end of the process, or neither is.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use acceptance::world::Change;
use acceptance::{Desk, Outcome};
use jiff::Timestamp;
use serde_json::Value;

/// What the log must hold.
#[derive(Default)]
pub(super) struct Expected {
    /// Confirmed changes: the request's id, and its events at least.
    pub(super) requests: Vec<(String, usize)>,
    /// Changes without an answer, and when they were sent: not before and not after.
    pub(super) outcomes: Vec<(Outcome, [Timestamp; 2])>,
}

impl Expected {
    /// Exports the log and compares.
    pub(super) fn must_be_in_the_log_of(self, desk: &Desk) {
        let path = desk.file("crash.jsonl");
        let words = ["logs", "export", "--format", "jsonl", "--out"].map(Into::into);
        desk.done(words.into_iter().chain([path.clone().into_os_string()]));
        let text = fs::read_to_string(path).unwrap();
        let events: Vec<Value> = text
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        let mut told: BTreeMap<&str, usize> = BTreeMap::new();
        for event in &events {
            *told.entry(id_of(event)).or_default() += 1;
            // Parts of a Bulk name its request in a sentence.
            for step in event["steps"].as_array().into_iter().flatten() {
                let words = step["detail"].as_str().unwrap_or_default().split_whitespace();
                let id = words.last().unwrap_or_default().trim_end_matches('.');
                if id != id_of(event) {
                    *told.entry(id).or_default() += 1;
                }
            }
        }
        for (id, count) in &self.requests {
            let found = told.get(id.as_str()).copied().unwrap_or_default();
            assert!(
                found >= *count,
                "{found} of {count} events of the confirmed request {id} are in the log"
            );
        }
        let confirmed: BTreeSet<&str> = self.requests.iter().map(|(id, _)| id.as_str()).collect();
        let others: Vec<&Value> = events
            .iter()
            .filter(|event| !confirmed.contains(id_of(event)))
            .collect();
        for (outcome, [from, to]) in self.outcomes.iter().filter(|(outcome, _)| !outcome.is_idle) {
            let then: Vec<&Value> = others
                .iter()
                .filter(|event| (*from..=*to).contains(&moment_of(event)))
                .copied()
                .collect();
            for (place, part) in outcome.change.parts().iter().enumerate() {
                let is_logged = then.iter().any(|event| tells_of(event, part));
                let is_made = place < outcome.parts;
                assert_eq!(is_logged, is_made, "in the log and in the directory: {part:?}");
            }
        }
    }
}

fn moment_of(event: &Value) -> Timestamp {
    event["at"].as_str().unwrap_or_default().parse().unwrap()
}

fn id_of(event: &Value) -> &str {
    event["changeId"].as_str().unwrap_or_default()
}

/// Whether an event says that this change was made. Most changes have a name of their own.
fn tells_of(event: &Value, change: &Change) -> bool {
    if !matches!(event["status"].as_str(), Some("success" | "warning")) {
        return false;
    }
    let (method, path, body) = change.request();
    let exchange = &event["exchange"];
    let sent = exchange["requestBody"].as_str().unwrap_or_default();
    let target = exchange["path"].as_str().unwrap_or_default();
    let holds = |text: &str| sent.contains(&Value::from(text).to_string());
    exchange["method"] == method
        && target.ends_with(&path)
        && match change {
            Change::CreateUser(user) | Change::ReplaceUser(_, user) | Change::PatchUser(_, _, user) => {
                holds(&user.display_name)
            }
            Change::CreateGroup(group) | Change::ReplaceGroup(_, group) | Change::RenameGroup(_, group) => {
                holds(&group.external_id)
            }
            _ => body == serde_json::from_str(sent).ok(),
        }
}
