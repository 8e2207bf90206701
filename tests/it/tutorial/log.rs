//! The provisioning log, exported in every format and read back.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use acceptance::Desk;
use provisioning::files::from_cell;
use serde_json::Value;

/// The three exports of the same log.
pub(super) struct Exports {
    files: Vec<PathBuf>,
    /// Events as stored, newest first: the export in JSON Lines.
    stored: Vec<Value>,
    /// The same in Graph's shape.
    graph: Vec<Value>,
    /// The same as three tables.
    tables: Tables,
}

type Row = BTreeMap<String, String>;

struct Tables {
    events: Vec<Row>,
    steps: Vec<Row>,
    modified: Vec<Row>,
}

/// What every format says about one event.
#[derive(Debug, PartialEq, Eq)]
struct Said {
    change_id: String,
    action: String,
    status: String,
    identity: String,
    /// Name, status and description of each step.
    steps: Vec<[String; 3]>,
    /// Label, old and new value; blank is the same as absent.
    modified: Vec<[String; 3]>,
}

impl Exports {
    pub(super) fn write(desk: &Desk) -> Self {
        let export = |format: &str| {
            let path = desk.file(&format!("log.{format}"));
            let words = ["logs", "export", "--format", format, "--out"].map(Into::into);
            let written = desk.done(words.into_iter().chain([path.into_os_string()]));
            written.lines().map(PathBuf::from).collect::<Vec<_>>()
        };
        let (csv, json, lines) = (export("csv"), export("json"), export("jsonl"));
        let [events, steps, modified] = csv.as_slice() else {
            panic!("CSV is three files, not {csv:?}");
        };
        let text = |file: &PathBuf| fs::read_to_string(file).unwrap();
        Self {
            stored: text(&lines[0])
                .lines()
                .map(|line| serde_json::from_str(line).unwrap())
                .collect(),
            graph: serde_json::from_str(&text(&json[0])).unwrap(),
            tables: Tables {
                events: table(events),
                steps: table(steps),
                modified: table(modified),
            },
            files: [csv, json, lines].concat(),
        }
    }

    /// Every format holds the same events, in the same order, and says the same about each.
    pub(super) fn agree(&self) {
        let stored: Vec<_> = self.stored.iter().map(of_stored).collect();
        let graph: Vec<_> = self.graph.iter().map(of_graph).collect();
        let tables = self.tables.said();
        assert!(stored.len() > 2_000, "a month of cycles is in it");
        assert_eq!((graph.len(), tables.len()), (stored.len(), stored.len()));
        for ((stored, graph), table) in stored.iter().zip(&graph).zip(&tables) {
            assert_eq!(stored, graph);
            assert_eq!(stored, table);
        }
    }

    pub(super) fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Value> {
        self.stored.iter().filter(move |event| event["kind"] == kind)
    }

    /// No token, and no Authorization header as it was sent.
    pub(super) fn hold_no_secret(&self, tokens: &[String]) {
        for file in &self.files {
            no_secret_in(file, tokens);
        }
        for event in self.of_kind("request") {
            for header in event["exchange"]["headers"].as_array().unwrap() {
                if header[0] == "authorization" {
                    assert_eq!(header[1], "Bearer ••••");
                }
            }
        }
    }
}

/// No file below `folder` holds a token.
pub(super) fn no_file_holds(folder: &Path, tokens: &[String]) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            no_file_holds(&path, tokens);
        } else {
            no_secret_in(&path, tokens);
        }
    }
}

fn no_secret_in(file: &Path, tokens: &[String]) {
    let bytes = fs::read(file).unwrap();
    for token in tokens {
        let secret = token.strip_prefix("scimdesk_").unwrap().as_bytes();
        let found = bytes.windows(secret.len()).any(|window| window == secret);
        assert!(!found, "{} holds a token", file.display());
    }
}

fn of_stored(event: &Value) -> Said {
    let list = |key: &str| event[key].as_array().cloned().unwrap_or_default();
    Said {
        change_id: text(&event["changeId"]),
        action: text(&event["action"]),
        status: text(&event["status"]),
        identity: text(&event["identity"]),
        steps: all(&list("steps"), ["name", "status", "detail"]),
        modified: all(&list("modified"), ["label", "before", "after"]),
    }
}

fn of_graph(event: &Value) -> Said {
    let list = |key: &str| event[key].as_array().cloned().unwrap_or_default();
    Said {
        change_id: text(&event["changeId"]),
        action: text(&event["details"]["action"]),
        status: text(&event["provisioningStatusInfo"]["status"]),
        identity: text(&event["sourceIdentity"]["displayName"]),
        steps: all(&list("provisioningSteps"), ["name", "status", "description"]),
        modified: all(
            &list("modifiedProperties"),
            ["displayName", "oldValue", "newValue"],
        ),
    }
}

impl Tables {
    fn said(&self) -> Vec<Said> {
        let steps = joined(&self.steps, ["Name", "Status", "Description"]);
        let modified = joined(&self.modified, ["Property", "Old value", "New value"]);
        let of = |event: &Row| {
            let id = &event["Change ID"];
            Said {
                change_id: id.clone(),
                action: event["Action"].clone(),
                status: event["Status"].clone(),
                identity: event["Identity"].clone(),
                steps: steps.get(id).cloned().unwrap_or_default(),
                modified: modified.get(id).cloned().unwrap_or_default(),
            }
        };
        self.events.iter().map(of).collect()
    }
}

/// The rows of a table by the change they belong to.
fn joined(rows: &[Row], columns: [&str; 3]) -> BTreeMap<String, Vec<[String; 3]>> {
    let mut found: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for row in rows {
        found
            .entry(row["Change ID"].clone())
            .or_default()
            .push(columns.map(|column| row[column].clone()));
    }
    found
}

fn table(file: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(file).unwrap();
    let headings = reader.headers().unwrap().clone();
    let cell = |(heading, cell): (&str, &str)| (heading.to_owned(), from_cell(cell).to_owned());
    reader
        .records()
        .map(|row| headings.iter().zip(&row.unwrap()).map(cell).collect())
        .collect()
}

fn all(list: &[Value], keys: [&str; 3]) -> Vec<[String; 3]> {
    list.iter().map(|one| keys.map(|key| text(&one[key]))).collect()
}

/// A text; absent is blank, since a CSV cannot tell the two apart.
fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
