//! One row on its way: what it needs is made, then its requests go out one after the other.

use std::collections::BTreeMap;

use acceptance::Inside;
use acceptance::wire::{Request, Response, exchange, form_encoded};
use serde_json::{Map, Value, json};

use super::expect::{check, find};
use super::rows::{Row, entries};

const URNS: &[(&str, &str)] = &[
    ("U", "urn:ietf:params:scim:schemas:core:2.0:User"),
    ("G", "urn:ietf:params:scim:schemas:core:2.0:Group"),
    ("E", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"),
    (
        "K",
        "urn:ietf:params:scim:schemas:extension:knowbe4:kmsat:2.0:User",
    ),
    (
        "Config",
        "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig",
    ),
    ("Type", "urn:ietf:params:scim:schemas:core:2.0:ResourceType"),
    ("Schema", "urn:ietf:params:scim:schemas:core:2.0:Schema"),
    ("P", "urn:ietf:params:scim:api:messages:2.0:PatchOp"),
    ("List", "urn:ietf:params:scim:api:messages:2.0:ListResponse"),
    ("Error", "urn:ietf:params:scim:api:messages:2.0:Error"),
    ("Search", "urn:ietf:params:scim:api:messages:2.0:SearchRequest"),
    ("Bulk", "urn:ietf:params:scim:api:messages:2.0:BulkRequest"),
    ("BulkDone", "urn:ietf:params:scim:api:messages:2.0:BulkResponse"),
];

/// Characters of an answer that a failure shows.
const SHOWN: usize = 2_000;

/// One row on its way.
pub(super) struct Run<'a> {
    server: &'a Inside,
    /// What the placeholders stand for.
    names: BTreeMap<String, String>,
    /// The lists that `"@m"` stands for.
    lists: BTreeMap<String, Value>,
}

impl<'a> Run<'a> {
    /// Runs a row; fails with the first request that is not answered as expected.
    pub(super) fn on(server: &'a Inside, row: &Row) -> Result<(), String> {
        let mut run = Self::new(server, row);
        run.make(&row.value["given"])?;
        row.steps().iter().try_for_each(|step| run.step(step))
    }

    fn new(server: &'a Inside, row: &Row) -> Self {
        let base = server.tenant_url().trim_end_matches('/').to_owned();
        let mut names: BTreeMap<_, _> = URNS
            .iter()
            .map(|(name, urn)| ((*name).to_owned(), (*urn).to_owned()))
            .collect();
        for (name, value) in [
            ("R", row.id().to_lowercase()),
            ("token", server.token.clone()),
            ("tenant", server.engine.tenant().to_owned()),
            ("base", base),
        ] {
            names.insert(name.to_owned(), value);
        }
        Self {
            server,
            names,
            lists: BTreeMap::new(),
        }
    }

    /// Makes what the row needs to be there.
    fn make(&mut self, given: &Value) -> Result<(), String> {
        for (key, set) in entries(&given["users"]) {
            let id = self.create("/Users", &user(key), set)?;
            self.names.insert(key.clone(), id);
        }
        for (key, count) in entries(&given["many"]) {
            let ids = (0..count.as_u64().unwrap())
                .map(|place| self.create("/Users", &user(&format!("{key}{place}")), &json!({})));
            let members: Result<Vec<_>, _> = ids.map(|id| Ok::<_, String>(json!({ "value": id? }))).collect();
            self.lists.insert(format!("@{key}"), json!(members?));
        }
        for (key, set) in entries(&given["groups"]) {
            let id = self.create("/Groups", &group(key), &with_members(set))?;
            self.names.insert(key.clone(), id);
        }
        Ok(())
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

    fn step(&mut self, step: &Value) -> Result<(), String> {
        if let Some(seconds) = step["later"].as_i64() {
            self.server.advance(seconds);
        }
        let mut answer = self.send(step);
        for _ in 1..step["times"].as_u64().unwrap_or(1) {
            answer = self.send(step);
        }
        let sent = self.filled(step);
        let address = self.address(&sent);
        let failed = |wrong: String| {
            let method = sent["method"].as_str().unwrap();
            let body = sent.get("body").or(sent.get("raw"));
            let body = body.map(|body| format!(" {body}"));
            format!(
                "{method} {address}{}\n  answered {} {:?} {}\n  {wrong}",
                shown(&body.unwrap_or_default()),
                answer.status,
                answer.headers,
                shown(&answer.body),
            )
        };
        check(&answer, &sent["expect"]).map_err(failed)?;
        for (name, place) in entries(&sent["remember"]) {
            let value = remembered(&answer, place.as_str().unwrap())
                .ok_or_else(|| failed(format!("there is no {place} to remember")))?;
            self.names.insert(name.clone(), value);
        }
        Ok(())
    }

    fn send(&self, step: &Value) -> Response {
        let step = self.filled(step);
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
            target: self.address(&step),
            // A header that is null is not sent.
            headers: headers
                .into_iter()
                .filter_map(|(name, value)| Some((name, value.as_str()?.to_owned())))
                .collect(),
            body,
        };
        exchange(&self.server.authority(), &request)
    }

    /// The request target of a step that is filled in.
    fn address(&self, step: &Value) -> String {
        if let Some(absolute) = step["absolute"].as_str() {
            return absolute.to_owned();
        }
        let base = &self.names["base"];
        let (_, root) = base.split_once(&self.server.authority()).unwrap();
        if let Some(target) = step["target"].as_str() {
            return format!("{root}{target}");
        }
        let query: Vec<_> = entries(&step["query"])
            .map(|(name, value)| format!("{name}={}", form_encoded(value.as_str().unwrap())))
            .collect();
        let path = step["path"].as_str().unwrap();
        if query.is_empty() {
            format!("{root}{path}")
        } else {
            format!("{root}{path}?{}", query.join("&"))
        }
    }

    /// A value with every placeholder filled in, in keys and in texts.
    fn filled(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => match self.lists.get(text) {
                Some(list) => list.clone(),
                None => json!(self.text(text)),
            },
            Value::Array(items) => items.iter().map(|item| self.filled(item)).collect(),
            Value::Object(object) => match (value["repeat"].as_u64(), value.get("of"), &value["text"]) {
                (Some(times), Some(of), _) => (0..times)
                    .map(|n| self.filled(&counted(of, &n.to_string())))
                    .collect(),
                (Some(times), _, Value::String(text)) => {
                    let times = usize::try_from(times).unwrap();
                    json!(self.text(text).repeat(times))
                }
                _ => object
                    .iter()
                    .map(|(key, value)| (self.text(key), self.filled(value)))
                    .collect(),
            },
            other => other.clone(),
        }
    }

    fn text(&self, text: &str) -> String {
        let mut text = text.to_owned();
        if !text.contains('{') {
            return text;
        }
        for (name, stands_for) in &self.names {
            text = text.replace(&format!("{{{name}}}"), stands_for);
        }
        text
    }
}

/// A value with `{n}` filled in.
fn counted(value: &Value, n: &str) -> Value {
    match value {
        Value::String(text) => json!(text.replace("{n}", n)),
        Value::Array(items) => items.iter().map(|item| counted(item, n)).collect(),
        Value::Object(object) => object
            .iter()
            .map(|(key, value)| (key.replace("{n}", n), counted(value, n)))
            .collect(),
        other => other.clone(),
    }
}

/// What an answer has at a place, or in `header:name`, as text.
fn remembered(answer: &Response, place: &str) -> Option<String> {
    if let Some(name) = place.strip_prefix("header:") {
        return answer.header(&name.to_lowercase()).map(str::to_owned);
    }
    let body = answer.json();
    match find(&body, place)? {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{} … ({} bytes)", &text[..end], text.len()),
        None => text.to_owned(),
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
    if let Some(members) = set.get_mut("members").filter(|members| members.is_array()) {
        let ids = members.as_array().unwrap().iter();
        *members = ids
            .map(|id| {
                if id.is_string() {
                    json!({ "value": id })
                } else {
                    id.clone()
                }
            })
            .collect();
    }
    set
}
