//! Requests as values: what a [`Persona`] sends, byte for byte, and nothing of when or to whom.
//!
//! Paths are below the Tenant URL. The token is no part of a request; the client adds it.

mod create;
mod place;
mod queries;
mod references;
#[cfg(test)]
mod tests;
mod update;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::mapping::TargetPath;
use crate::persona::{Encoding, Persona};

pub use references::{Member, MemberChange};

/// `schemas` of a PATCH body (RFC 7644 §3.5.2).
const PATCH_OP: &str = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// GET.
    Get,
    /// POST.
    Post,
    /// PUT.
    Put,
    /// PATCH.
    Patch,
    /// DELETE.
    Delete,
}

impl Method {
    /// As it stands on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// One request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The path below the Tenant URL, e.g. `/Users`.
    pub path: String,
    /// The query, encoded, without its question mark.
    pub query: Option<String>,
    /// Headers, without the token's.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Option<Json>,
}

impl Request {
    /// Path and query, as they stand on the wire after the Tenant URL.
    pub fn target(&self) -> String {
        match &self.query {
            Some(query) => format!("{}?{query}", self.path),
            None => self.path.clone(),
        }
    }
}

/// What is provisioned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// A person.
    User,
    /// A group.
    Group,
}

impl Kind {
    /// The endpoint, with its slash.
    pub fn endpoint(self) -> &'static str {
        match self {
            Self::User => "/Users",
            Self::Group => "/Groups",
        }
    }

    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Self::User => "User",
            Self::Group => "Group",
        }
    }
}

/// An attribute of a new object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Where.
    pub path: TargetPath,
    /// What.
    pub value: Json,
    /// Whether logs leave the value out.
    pub redacted: bool,
}

/// An attribute that is to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where.
    pub path: TargetPath,
    /// What the target has there; none if it has nothing.
    pub before: Option<Json>,
    /// What it is to have.
    pub after: Json,
    /// Whether logs leave the values out.
    pub redacted: bool,
}

/// Writes a persona's requests.
#[derive(Debug, Clone, Copy)]
pub struct Writer<'a> {
    /// Whose.
    pub persona: &'a Persona,
}

impl<'a> Writer<'a> {
    /// A writer of the persona's requests.
    pub fn new(persona: &'a Persona) -> Self {
        Self { persona }
    }

    fn request(self, method: Method, path: String, query: Option<String>, body: Option<Json>) -> Request {
        let mut headers = self.persona.headers.clone();
        if body.is_some() {
            headers.push(("Content-Type".to_owned(), self.persona.content_type.clone()));
        }
        Request {
            method,
            path,
            query,
            headers,
            body,
        }
    }

    fn get(self, path: impl Into<String>, query: Option<String>) -> Request {
        self.request(Method::Get, path.into(), query, None)
    }

    fn patch(self, kind: Kind, id: &str, operations: &[Json]) -> Request {
        let body = serde_json::json!({ "schemas": [PATCH_OP], "Operations": operations });
        self.request(Method::Patch, object(kind, id), None, Some(body))
    }

    fn put(self, kind: Kind, id: &str, body: Json) -> Request {
        self.request(Method::Put, object(kind, id), None, Some(body))
    }

    /// Takes an object away for good.
    pub fn delete(self, kind: Kind, id: &str) -> Request {
        self.request(Method::Delete, object(kind, id), None, None)
    }

    /// A query's value: `userName+eq+%22a%22`, or with `%20` where the persona writes that.
    fn encoded(self, text: &str) -> String {
        let form: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
        match self.persona.encoding {
            Encoding::Form => form,
            Encoding::Percent => form.replace('+', "%20"),
        }
    }
}

/// The path of one object; whatever a server calls its ids, the path stays one segment.
fn object(kind: Kind, id: &str) -> String {
    let id: String = form_urlencoded::byte_serialize(id.as_bytes()).collect();
    format!("{}/{}", kind.endpoint(), id.replace('+', "%20"))
}

/// A filter's value: a JSON string (RFC 7644 §3.4.2.2).
fn quoted(text: &str) -> String {
    Json::from(text).to_string()
}

#[cfg(test)]
pub(crate) use place::set as put_at;

/// Whether a value of `active` says yes, as a boolean or as text.
pub(crate) fn is_true(value: &Json) -> bool {
    create::typed(true, value) == Json::Bool(true)
}
