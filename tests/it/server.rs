//! What real clients send and what a serious server answers: the rows of `data/traps`, each a
//! file, sent byte for byte to a server that runs inside the test.
//!
//! A row says what must be there first (`given`: users, groups, or `many` users), and which
//! requests follow. `{u}` stands for the id of the user `u`, `{R}` for something no other row
//! uses, `{U}` `{G}` `{E}` `{K}` `{P}` `{List}` `{Error}` `{Search}` for URNs, `"@m"` for a list
//! of all the members `m`. What is expected of a body is said by place: a value that must be
//! there, or `absent`, `set`, `count`, `has`, `not`.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use acceptance::wire::{Request, Response, exchange, form_encoded};
use acceptance::{Inside, workspace};
use serde_json::{Map, Value, json};

const URNS: &[(&str, &str)] = &[
    ("U", "urn:ietf:params:scim:schemas:core:2.0:User"),
    ("G", "urn:ietf:params:scim:schemas:core:2.0:Group"),
    ("E", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"),
    (
        "K",
        "urn:ietf:params:scim:schemas:extension:knowbe4:kmsat:2.0:User",
    ),
    ("P", "urn:ietf:params:scim:api:messages:2.0:PatchOp"),
    ("List", "urn:ietf:params:scim:api:messages:2.0:ListResponse"),
    ("Error", "urn:ietf:params:scim:api:messages:2.0:Error"),
    ("Search", "urn:ietf:params:scim:api:messages:2.0:SearchRequest"),
];

#[test]
fn every_trap_of_real_clients_is_answered_as_a_serious_server_does() {
    let server = Inside::start();
    let mut failures = Vec::new();
    let files = trap_files();
    assert!(files.len() > 80, "only {} rows were found", files.len());
    for file in &files {
        let row: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        if let Err(failure) = Run::new(&server, &row).and_then(|mut run| run.all_steps(&row)) {
            failures.push(format!(
                "{} ({}): {}\n  {failure}",
                row["id"].as_str().unwrap(),
                row["client"].as_str().unwrap(),
                row["trap"].as_str().unwrap()
            ));
        }
    }
    assert!(
        failures.is_empty(),
        "{} of {} rows fail:\n{}",
        failures.len(),
        files.len(),
        failures.join("\n")
    );
}

fn trap_files() -> Vec<PathBuf> {
    let folder = fs::read_dir(workspace().join("tests/data/traps")).unwrap();
    let mut files: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// One row on its way.
struct Run<'a> {
    server: &'a Inside,
    /// What the placeholders stand for.
    names: BTreeMap<String, String>,
    /// The lists that `"@m"` stands for.
    lists: BTreeMap<String, Value>,
}

impl<'a> Run<'a> {
    /// Makes what the row needs to be there.
    fn new(server: &'a Inside, row: &Value) -> Result<Self, String> {
        let mut names: BTreeMap<_, _> = URNS
            .iter()
            .map(|(name, urn)| ((*name).to_owned(), (*urn).to_owned()))
            .collect();
        names.insert("R".to_owned(), row["id"].as_str().unwrap().to_lowercase());
        names.insert("token".to_owned(), server.token.clone());
        let mut run = Self {
            server,
            names,
            lists: BTreeMap::new(),
        };
        let given = &row["given"];
        for (key, set) in entries(&given["users"]) {
            let id = run.create("/Users", &user(key), set)?;
            run.names.insert(key.clone(), id);
        }
        for (key, count) in entries(&given["many"]) {
            let ids = (0..count.as_u64().unwrap())
                .map(|place| run.create("/Users", &user(&format!("{key}{place}")), &json!({})));
            let members: Result<Vec<_>, _> = ids.map(|id| Ok::<_, String>(json!({ "value": id? }))).collect();
            run.lists.insert(format!("@{key}"), json!(members?));
        }
        for (key, set) in entries(&given["groups"]) {
            let id = run.create("/Groups", &group(key), &with_members(set))?;
            run.names.insert(key.clone(), id);
        }
        Ok(run)
    }

    fn create(&self, path: &str, body: &Value, set: &Value) -> Result<String, String> {
        let mut body = self.filled(body);
        for (key, value) in entries(&self.filled(set)) {
            body[key] = value.clone();
        }
        let answer = self.send(&json!({ "method": "POST", "path": path, "body": body }));
        match answer.json()["id"].as_str() {
            Some(id) if answer.status == 201 => Ok(id.to_owned()),
            _ => Err(format!("given {body}: {answer:?}")),
        }
    }

    fn all_steps(&mut self, row: &Value) -> Result<(), String> {
        for step in row["steps"].as_array().unwrap() {
            let answer = self.send(step);
            let expected = self.filled(&step["expect"]);
            check(&answer, &expected).map_err(|wrong| {
                let (method, path) = (step["method"].as_str().unwrap(), step["path"].as_str().unwrap());
                format!(
                    "{method} {path}: {wrong}\n  answered {} {}",
                    answer.status, answer.body
                )
            })?;
            for (name, place) in entries(&step["remember"]) {
                let body = answer.json();
                let value = find(&body, place.as_str().unwrap()).and_then(Value::as_str);
                self.names
                    .insert(name.clone(), value.ok_or("nothing to remember")?.to_owned());
            }
        }
        Ok(())
    }

    fn send(&self, step: &Value) -> Response {
        let step = self.filled(step);
        let base = self.server.tenant_url();
        let authority = self.server.authority();
        let (_, root) = base.trim_end_matches('/').split_once(&authority).unwrap();
        let query: Vec<_> = entries(&step["query"])
            .map(|(name, value)| format!("{name}={}", form_encoded(value.as_str().unwrap())))
            .collect();
        let mut target = format!("{root}{}", step["path"].as_str().unwrap());
        if !query.is_empty() {
            target = format!("{target}?{}", query.join("&"));
        }
        let body = match (&step["raw"], &step["body"]) {
            (Value::String(raw), _) => Some(raw.clone().into_bytes()),
            (_, Value::Null) => None,
            (_, body) => Some(body.to_string().into_bytes()),
        };
        let mut headers: Map<String, Value> = Map::new();
        headers.insert(
            "Authorization".to_owned(),
            json!(format!("Bearer {}", self.server.token)),
        );
        if body.is_some() {
            headers.insert("Content-Type".to_owned(), json!("application/scim+json"));
        }
        headers.extend(entries(&step["headers"]).map(|(name, value)| (name.clone(), value.clone())));
        let request = Request {
            method: step["method"].as_str().unwrap().to_owned(),
            target,
            // A header that is null is not sent.
            headers: headers
                .into_iter()
                .filter_map(|(name, value)| Some((name, value.as_str()?.to_owned())))
                .collect(),
            body,
        };
        exchange(&authority, &request)
    }

    /// A value with every placeholder filled in, in keys and in texts.
    fn filled(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => match self.lists.get(text) {
                Some(list) => list.clone(),
                None => json!(self.text(text)),
            },
            Value::Array(items) => items.iter().map(|item| self.filled(item)).collect(),
            Value::Object(object) => object
                .iter()
                .map(|(key, value)| (self.text(key), self.filled(value)))
                .collect(),
            other => other.clone(),
        }
    }

    fn text(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (name, stands_for) in &self.names {
            text = text.replace(&format!("{{{name}}}"), stands_for);
        }
        text
    }
}

/// The user that `given` makes, but for what the row sets.
fn user(key: &str) -> Value {
    let address = format!("{key}.{{R}}@contoso.test");
    json!({
        "schemas": ["{U}"],
        "userName": address,
        "externalId": format!("{key}-ext-{{R}}"),
        "displayName": format!("Disp {key}"),
        "active": true,
        "name": { "givenName": "Given", "familyName": "Family", "formatted": "Given Family" },
        "emails": [{ "type": "work", "value": address, "primary": true }],
    })
}

fn group(key: &str) -> Value {
    json!({ "schemas": ["{G}"], "displayName": format!("{} {{R}}", key.to_uppercase()) })
}

/// `"members": ["{a}"]` as SCIM has it.
fn with_members(set: &Value) -> Value {
    let mut set = set.clone();
    if let Some(members) = set.get_mut("members") {
        let ids = members.as_array().unwrap().iter();
        *members = ids.map(|id| json!({ "value": id })).collect();
    }
    set
}

fn check(answer: &Response, expected: &Value) -> Result<(), String> {
    let allowed = match &expected["status"] {
        Value::Array(several) => several.clone(),
        one => vec![one.clone()],
    };
    if !allowed.contains(&json!(answer.status)) {
        return Err(format!(
            "the status is {}, not {}",
            answer.status, expected["status"]
        ));
    }
    for (name, value) in entries(&expected["headers"]) {
        if answer.header(name) != value.as_str() {
            return Err(format!("{name} is {:?}, not {value}", answer.header(name)));
        }
    }
    let body = answer.json();
    for (place, wanted) in entries(&expected["body"]) {
        let found = find(&body, place);
        if !fits(found, wanted) {
            return Err(format!(
                "{place} is {}, not {wanted}",
                found.unwrap_or(&Value::Null)
            ));
        }
    }
    Ok(())
}

/// The value at a place such as `/emails/[type=work]/value`.
fn find<'a>(body: &'a Value, place: &str) -> Option<&'a Value> {
    let mut found = body;
    for segment in place.split('/').skip(1) {
        found = match segment.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(condition) => {
                let (name, value) = condition.split_once('=')?;
                found.as_array()?.iter().find(|element| element[name] == value)?
            }
            None => match found {
                Value::Array(items) => items.get(segment.parse::<usize>().ok()?)?,
                other => other.get(segment)?,
            },
        };
    }
    Some(found)
}

fn fits(found: Option<&Value>, wanted: &Value) -> bool {
    let special = wanted.as_object().and_then(|object| object.iter().next());
    match special.map(|(name, value)| (name.as_str(), value)) {
        Some(("absent", _)) => found.is_none(),
        Some(("set", _)) => found.is_some_and(|found| !found.is_null()),
        // A list that is not there is a list of nobody.
        Some(("count", count)) => {
            let length = found.map_or(Some(0), |found| found.as_array().map(Vec::len));
            length.map(|length| json!(length)).as_ref() == Some(count)
        }
        Some(("has", value)) => found
            .and_then(Value::as_array)
            .is_some_and(|found| found.contains(value)),
        Some(("not", value)) => found != Some(value),
        _ => found == Some(wanted),
    }
}

fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}
