//! New objects.

use serde_json::{Map, Value as Json, json};

use super::{Attribute, Kind, Method, Request, Writer, place};

impl Writer<'_> {
    /// Creates an object. References are not among the attributes: a manager is set and members are
    /// added once both ends are known. `password` is what a persona that sends one makes up.
    pub fn create(self, kind: Kind, attributes: &[Attribute], password: &str) -> Request {
        let body = match kind {
            Kind::User => self.new_user(attributes, password),
            Kind::Group => self.new_group(attributes),
        };
        self.request(
            Method::Post,
            kind.endpoint().to_owned(),
            None,
            Some(Json::Object(body)),
        )
    }

    fn new_user(self, attributes: &[Attribute], password: &str) -> Map<String, Json> {
        let form = &self.persona.users;
        let mut schemas = form.schemas.clone();
        let mut body = Map::new();
        body.insert("schemas".to_owned(), Json::Null);
        for Attribute { path, value, .. } in attributes {
            if let Some(urn) = place::extension(path).filter(|_| form.list_extensions)
                && !schemas.iter().any(|each| each == urn)
            {
                schemas.push(urn.to_owned());
            }
            place::set(&mut body, path, typed(path.is_core("active"), value));
        }
        mark_primary(&mut body);
        for (name, value) in &form.always {
            if !body.contains_key(name) {
                body.insert(name.clone(), value.clone());
            }
        }
        if form.password {
            body.insert("password".to_owned(), json!(password));
        }
        body.insert("schemas".to_owned(), json!(schemas));
        body
    }

    fn new_group(self, attributes: &[Attribute]) -> Map<String, Json> {
        let form = &self.persona.groups;
        let mut body = Map::from_iter([("schemas".to_owned(), json!(form.schemas))]);
        for Attribute { path, value, .. } in attributes {
            if form.external_id || !path.is_core("externalId") {
                place::set(&mut body, path, value.clone());
            }
        }
        if form.empty_members {
            body.insert("members".to_owned(), json!([]));
        }
        if form.meta {
            body.insert("meta".to_owned(), json!({ "resourceType": "Group" }));
        }
        body
    }
}

/// `active` is a boolean in an object, even where a mapping yields "True".
pub(super) fn typed(is_active: bool, value: &Json) -> Json {
    match value.as_str() {
        Some(text) if is_active && text.eq_ignore_ascii_case("true") => json!(true),
        Some(text) if is_active && text.eq_ignore_ascii_case("false") => json!(false),
        _ => value.clone(),
    }
}

/// The address for work is the primary one in what Entra and Okta create.
fn mark_primary(body: &mut Map<String, Json>) {
    let entries = body.get_mut("emails").and_then(Json::as_array_mut);
    for entry in entries.into_iter().flatten().filter_map(Json::as_object_mut) {
        if entry.get("type").and_then(Json::as_str) == Some("work") {
            entry.insert("primary".to_owned(), json!(true));
        }
    }
}
