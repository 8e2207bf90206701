//! A SCIM target in memory: enough for what the personas send, and it can be told to fail.

use std::collections::BTreeMap;
use std::sync::Mutex;

use serde_json::{Map, Value as Json, json};

use crate::mapping::{TargetPath, current};
use crate::target::{Answer, Body, NoAnswer, Target};
use crate::wire::{Method, Request, put_at};

/// Decides about a request before it is answered.
pub(crate) type Fault = Box<dyn Fn(&Request) -> Option<Result<Answer, NoAnswer>> + Send>;

#[derive(Default)]
pub(crate) struct Memory {
    pub(crate) objects: Mutex<BTreeMap<String, Json>>,
    pub(crate) seen: Mutex<Vec<String>>,
    pub(crate) fault: Mutex<Option<Fault>>,
    counter: Mutex<u64>,
}

pub(crate) fn status(status: u16) -> Answer {
    Answer {
        status,
        ..Answer::default()
    }
}

fn with(status: u16, body: Json) -> Answer {
    Answer {
        status,
        body: Body::Json(body),
        ..Answer::default()
    }
}

impl Memory {
    /// Requests since the last call, as `GET /Users?…`.
    pub(crate) fn take_seen(&self) -> Vec<String> {
        std::mem::take(&mut self.seen.lock().unwrap())
    }

    pub(crate) fn fail_with(
        &self,
        fault: impl Fn(&Request) -> Option<Result<Answer, NoAnswer>> + Send + 'static,
    ) {
        *self.fault.lock().unwrap() = Some(Box::new(fault));
    }

    pub(crate) fn mend(&self) {
        *self.fault.lock().unwrap() = None;
    }

    /// The object of an endpoint with this value of an attribute.
    pub(crate) fn find(&self, endpoint: &str, attribute: &str, value: &str) -> Option<Json> {
        let objects = self.objects.lock().unwrap();
        let mut inside = objects.iter().filter(|(path, _)| path.starts_with(endpoint));
        inside
            .find(|(_, object)| object[attribute] == json!(value))
            .map(|(_, object)| object.clone())
    }

    pub(crate) fn count(&self, endpoint: &str) -> usize {
        self.objects
            .lock()
            .unwrap()
            .keys()
            .filter(|path| path.starts_with(endpoint))
            .count()
    }

    fn search(&self, request: &Request) -> Answer {
        let objects = self.objects.lock().unwrap();
        let query = request.query.clone().unwrap_or_default();
        let pairs: BTreeMap<String, String> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let clauses: Vec<(String, String)> = pairs
            .get("filter")
            .map(|filter| filter.split("\" and ").map(clause).collect())
            .unwrap_or_default();
        let holds = |object: &Json| {
            clauses
                .iter()
                .all(|(attribute, value)| has(object, attribute, value))
        };
        let inside = objects
            .iter()
            .filter(|(path, _)| path.starts_with(&format!("{}/", request.path)));
        let mut found: Vec<Json> = inside.map(|(_, object)| object.clone()).filter(holds).collect();
        if pairs
            .get("excludedAttributes")
            .is_some_and(|excluded| excluded == "members")
        {
            for object in &mut found {
                object.as_object_mut().unwrap().remove("members");
            }
        }
        with(200, json!({ "totalResults": found.len(), "Resources": found }))
    }

    fn create(&self, request: &Request) -> Answer {
        let mut counter = self.counter.lock().unwrap();
        *counter += 1;
        let id = format!("t{counter}");
        let mut object = request.body.clone().unwrap();
        let unique = if request.path == "/Users" {
            "userName"
        } else {
            "displayName"
        };
        if self
            .find(
                &format!("{}/", request.path),
                unique,
                object[unique].as_str().unwrap(),
            )
            .is_some()
        {
            return with(
                409,
                json!({ "detail": "That value is taken.", "scimType": "uniqueness" }),
            );
        }
        object["id"] = json!(id);
        self.objects
            .lock()
            .unwrap()
            .insert(format!("{}/{id}", request.path), object.clone());
        with(201, object)
    }

    fn answer(&self, request: &Request) -> Answer {
        if request.path.matches('/').count() == 1 {
            return match request.method {
                Method::Post => self.create(request),
                _ if request.path == "/ServiceProviderConfig" => with(200, json!({})),
                _ => self.search(request),
            };
        }
        let mut objects = self.objects.lock().unwrap();
        let Some(object) = objects.get_mut(&request.path) else {
            return with(404, json!({ "detail": "There is no such resource." }));
        };
        match request.method {
            Method::Get => with(200, object.clone()),
            Method::Put => {
                *object = request.body.clone().unwrap();
                with(200, object.clone())
            }
            Method::Delete => {
                objects.remove(&request.path);
                status(204)
            }
            _ => {
                let operations = request.body.as_ref().unwrap()["Operations"].clone();
                operations
                    .as_array()
                    .unwrap()
                    .iter()
                    .for_each(|each| apply(object, each));
                with(200, object.clone())
            }
        }
    }
}

impl Target for Memory {
    fn send(&self, request: &Request) -> Result<Answer, NoAnswer> {
        let line = format!("{} {}", request.method.name(), request.target());
        let number = {
            let mut seen = self.seen.lock().unwrap();
            seen.push(line);
            seen.len()
        };
        if let Some(answer) = self
            .fault
            .lock()
            .unwrap()
            .as_ref()
            .and_then(|fault| fault(request))
        {
            return answer;
        }
        let mut answer = self.answer(request);
        answer.request_id = Some(format!("r{number}"));
        Ok(answer)
    }

    fn base(&self) -> &'static str {
        "http://127.0.0.1/scim"
    }
}

fn clause(text: &str) -> (String, String) {
    let (attribute, value) = text.split_once(" eq ").unwrap();
    let value = format!("{}\"", value.strip_suffix('"').unwrap_or(value));
    (attribute.to_owned(), serde_json::from_str(&value).unwrap())
}

fn has(object: &Json, attribute: &str, value: &str) -> bool {
    let is = |text: &Json| text.as_str().is_some_and(|text| text.eq_ignore_ascii_case(value));
    match attribute {
        "members" => object["members"]
            .as_array()
            .is_some_and(|all| all.iter().any(|each| is(&each["value"]))),
        "manager" => is(&object[crate::mapping::ENTERPRISE_USER]["manager"]["value"]),
        _ => current(object, &TargetPath::parse(attribute).unwrap()).is_some_and(|found| is(&found)),
    }
}

/// As a server understands what Entra and Okta send.
fn apply(object: &mut Json, operation: &Json) {
    let op = operation["op"].as_str().unwrap().to_lowercase();
    let value = operation["value"].clone();
    let members = object.as_object_mut().unwrap();
    match operation["path"].as_str() {
        None => {
            for (path, value) in value.as_object().unwrap() {
                set(members, path, value.clone());
            }
        }
        Some("members") => {
            let ids: Vec<String> = value
                .as_array()
                .unwrap()
                .iter()
                .map(|each| each["value"].as_str().unwrap().to_owned())
                .collect();
            let list = members
                .entry("members")
                .or_insert_with(|| json!([]))
                .as_array_mut()
                .unwrap();
            list.retain(|each| !ids.iter().any(|id| each["value"] == json!(id)));
            if op == "add" {
                list.extend(ids.iter().map(|id| json!({ "value": id })));
            }
        }
        Some(path) if path.starts_with("members[") => {
            let id = path.split('"').nth(1).unwrap();
            members["members"]
                .as_array_mut()
                .unwrap()
                .retain(|each| each["value"] != json!(id));
        }
        Some(path) => set(members, path, value),
    }
}

fn set(members: &mut Map<String, Json>, path: &str, value: Json) {
    let target = TargetPath::parse(path).unwrap();
    let value = match value.as_str() {
        Some("True") => json!(true),
        Some("False") => json!(false),
        Some(id) if target.is_reference() && target.sub.is_none() => json!({ "value": id }),
        _ => value,
    };
    put_at(members, &target, value);
}
