//! Bulk: many operations in one request, RFC 7644 §3.7.
//!
//! A request is read as a whole; an operation that is malformed carries its [`Operation::fault`],
//! so that the others can still run ("MUST continue performing as many changes as possible").
//!
//! ```
//! # use scim::{Notes, bulk};
//! # use std::collections::BTreeMap;
//! # use serde_json::json;
//! let body = json!({
//!     "schemas": [scim::schemas::BULK_REQUEST],
//!     "Operations": [
//!         {"method": "POST", "path": "/Groups", "bulkId": "g", "data":
//!             {"displayName": "Tour Guides", "members": [{"value": "bulkId:u"}]}},
//!         {"method": "POST", "path": "/Users", "bulkId": "u", "data": {"userName": "Alice"}},
//!     ],
//! });
//! let limits = bulk::Limits { operations: 1_000 };
//! let mut request = bulk::Request::parse(body, &limits, &mut Notes::default())?;
//! // Alice is made first, because the group refers to her.
//! assert_eq!(request.order(), [1, 0]);
//! let ids = BTreeMap::from([("u".to_owned(), "2819c223".to_owned())]);
//! if let Some(data) = &mut request.operations[0].data {
//!     bulk::resolve(data, &ids);
//!     assert_eq!(data["members"][0]["value"], "2819c223");
//! }
//! # Ok::<(), scim::ScimError>(())
//! ```

mod read;
mod references;

pub use references::{references, resolve, resolve_path, unresolved};

use serde_json::{Map, Value, json};

use crate::error::ScimError;
use crate::schemas::BULK_RESPONSE;

/// How much one request may bring. The number of bytes is for whoever reads them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The most operations.
    pub operations: usize,
}

/// A bulk request that has been read.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// After how many errors the rest is left undone; `None` is never.
    pub fail_on_errors: Option<usize>,
    /// The operations, in the order they were sent.
    pub operations: Vec<Operation>,
}

impl Request {
    /// Whether to leave the remaining operations undone after this many errors. A client that
    /// accepts no error at all (`failOnErrors` 0) means the same as one that accepts one: the
    /// first error ends the request.
    pub fn stops_after(&self, errors: usize) -> bool {
        errors > 0 && self.fail_on_errors.is_some_and(|most| errors >= most)
    }
}

/// The HTTP method of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Method {
    /// Create a resource.
    Post,
    /// Replace it.
    Put,
    /// Change it.
    Patch,
    /// Delete it.
    Delete,
    /// Anything else, as it was sent; "" if there was none. Such an operation has a fault.
    Other(String),
}

impl Method {
    /// The method as it is written: `POST`.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
            Self::Other(text) => text,
        }
    }
}

/// One operation: what would be one HTTP request.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// What to do.
    pub method: Method,
    /// The resource or endpoint below the Tenant URL: `/Users`, `/Groups/2819c223`.
    pub path: String,
    /// The client's name for the resource a POST makes; sent back in the answer.
    pub bulk_id: Option<String>,
    /// The entity tag the resource must have, like `If-Match`.
    pub version: Option<String>,
    /// The body of the request.
    pub data: Option<Value>,
    /// Why this operation cannot run.
    pub fault: Option<ScimError>,
}

/// The outcome of one operation, an element of [`response`].
///
/// `location` is the resource's full URI, which every operation has except a failed POST;
/// `version` the entity tag it has now; `body` the answer's body, which may be left out of a
/// success and is the error's JSON otherwise.
pub fn outcome(
    operation: &Operation,
    status: u16,
    location: Option<&str>,
    version: Option<&str>,
    body: Option<Value>,
) -> Value {
    let mut outcome = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        outcome.extend(value.map(|value| (name.to_owned(), value)));
    };
    put("location", location.map(Value::from));
    let method = operation.method.as_str();
    put("method", (!method.is_empty()).then(|| method.into()));
    put("bulkId", operation.bulk_id.as_deref().map(Value::from));
    put("version", version.map(Value::from));
    put("status", Some(status.to_string().into()));
    put("response", body);
    Value::Object(outcome)
}

/// The answer to the whole request, with the outcomes of the operations that ran.
pub fn response(outcomes: Vec<Value>) -> Value {
    let mut response = json!({ "schemas": [BULK_RESPONSE] });
    if let Some(object) = response.as_object_mut() {
        object.insert("Operations".into(), Value::Array(outcomes));
    }
    response
}

#[cfg(test)]
mod tests;
