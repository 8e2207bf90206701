//! The rows as files: which there are, and whether they are written as rows are.

use std::collections::BTreeSet;
use std::fs;

use acceptance::workspace;
use serde_json::Value;

const IN_A_ROW: &[&str] = &[
    "id", "section", "source", "client", "level", "says", "trap", "given", "steps",
];
const GIVEN: &[&str] = &["users", "groups", "many", "settings", "fresh"];
const IN_A_STEP: &[&str] = &[
    "method", "path", "query", "target", "absolute", "headers", "body", "raw", "later", "times", "expect",
    "remember",
];
const EXPECTED: &[&str] = &["status", "headers", "body", "empty"];

/// The folders of `tests/data` that hold rows.
pub(super) const FOLDERS: &[&str] = &["rfc", "entra", "okta", "others", "traps"];

/// Files among the rows that are another test's data.
const OTHER_DATA: &[&str] = &["entra/contoso.json"];

/// A row and where it was read.
pub(super) struct Row {
    /// Below `tests/data`, such as `traps/T01.json`.
    pub(super) file: String,
    pub(super) value: Value,
}

impl Row {
    pub(super) fn id(&self) -> &str {
        self.text("id").unwrap_or("a row without an id")
    }

    /// The sentence.
    pub(super) fn says(&self) -> &str {
        self.text("says").or(self.text("trap")).unwrap_or_default()
    }

    /// The section or source; for a trap, whose it is.
    pub(super) fn origin(&self) -> &str {
        let keys = ["section", "source", "client"];
        keys.into_iter()
            .find_map(|key| self.text(key))
            .unwrap_or_default()
    }

    /// Who sends such requests.
    pub(super) fn client(&self) -> &str {
        self.text("client").unwrap_or("any")
    }

    pub(super) fn steps(&self) -> &[Value] {
        self.value["steps"].as_array().map_or(&[], Vec::as_slice)
    }

    /// Whether it needs other settings, an empty directory, or another time.
    pub(super) fn needs_a_server_of_its_own(&self) -> bool {
        let given = &self.value["given"];
        given["fresh"] == true
            || given.get("settings").is_some()
            || self.steps().iter().any(|step| step.get("later").is_some())
    }

    /// The settings by their keys on the command line.
    pub(super) fn settings(&self) -> Vec<(String, String)> {
        entries(&self.value["given"]["settings"])
            .map(|(key, value)| (key.clone(), value.as_str().unwrap().to_owned()))
            .collect()
    }

    fn text(&self, key: &str) -> Option<&str> {
        self.value[key].as_str()
    }

    /// What is wrong with the way it is written.
    fn faults(&self) -> Vec<String> {
        let mut faults = strangers("the row", &self.value, IN_A_ROW);
        faults.extend(strangers("given", &self.value["given"], GIVEN));
        for step in self.steps() {
            faults.extend(strangers("a step", step, IN_A_STEP));
            faults.extend(strangers("expect", &step["expect"], EXPECTED));
            if step["expect"].get("status").is_none() {
                faults.push("a step expects no status".to_owned());
            }
            let addresses = ["path", "target", "absolute"].map(|key| step.get(key).is_some());
            if addresses.iter().filter(|given| **given).count() != 1 {
                faults.push("a step needs one of path, target and absolute".to_owned());
            }
        }
        if self.steps().is_empty() {
            faults.push("no steps".to_owned());
        }
        for (what, text) in [("says", self.says()), ("section or source", self.origin())] {
            if text.is_empty() {
                faults.push(format!("no {what}"));
            }
        }
        faults
            .into_iter()
            .map(|fault| format!("{} {}: {fault}", self.file, self.id()))
            .collect()
    }
}

fn strangers(what: &str, value: &Value, known: &[&str]) -> Vec<String> {
    entries(value)
        .filter(|(key, _)| !known.contains(&key.as_str()))
        .map(|(key, _)| format!("{what} has a \"{key}\"; known are {}", known.join(", ")))
        .collect()
}

/// The rows of a folder of `tests/data`, by file name; none if there is no such folder. Fails
/// when a row is not written as rows are or two have the same id.
#[track_caller]
pub(super) fn of_folder(folder: &str) -> Vec<Row> {
    let rows: Vec<Row> = files_in(folder, true)
        .iter()
        .flat_map(|file| in_file(file))
        .collect();
    let mut faults: Vec<String> = rows.iter().flat_map(Row::faults).collect();
    let mut ids = BTreeSet::new();
    for row in &rows {
        if !ids.insert(row.id().to_lowercase()) {
            faults.push(format!(
                "{}: another row is called {} as well",
                row.file,
                row.id()
            ));
        }
    }
    assert!(
        faults.is_empty(),
        "These rows are not written as rows are:\n  {}\n",
        faults.join("\n  ")
    );
    rows
}

/// Files beside a folder's rows that are none, and nobody else's data.
pub(super) fn not_run(folder: &str) -> Vec<String> {
    files_in(folder, false)
}

/// A folder's files, sorted, that hold rows or do not.
fn files_in(folder: &str, rows: bool) -> Vec<String> {
    let Ok(found) = fs::read_dir(workspace().join("tests/data").join(folder)) else {
        return Vec::new();
    };
    let paths = found.map(|entry| entry.unwrap().path()).filter(|path| {
        path.is_file() && path.extension().is_some_and(|extension| extension == "json") == rows
    });
    let mut files: Vec<String> = paths
        .map(|path| format!("{folder}/{}", path.file_name().unwrap().display()))
        .filter(|file| !OTHER_DATA.contains(&file.as_str()))
        .collect();
    files.sort();
    files
}

fn in_file(file: &str) -> Vec<Row> {
    let text = fs::read_to_string(workspace().join("tests/data").join(file)).unwrap();
    let value: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
    let values = match value {
        Value::Array(values) => values,
        one => vec![one],
    };
    let row = |value| Row {
        file: file.to_owned(),
        value,
    };
    values.into_iter().map(row).collect()
}

/// The members of an object; none of anything else.
pub(super) fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}
