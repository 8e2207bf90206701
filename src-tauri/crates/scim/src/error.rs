//! The wire error of RFC 7644 §3.12: a status, perhaps a type, and a sentence.
//!
//! Errors are built by the functions below and nowhere else, so that every `detail` says what
//! happened and what to send instead.

use std::fmt;

use serde_json::{Value, json};

use crate::schemas::ERROR;
use crate::secret;

/// An error as a SCIM client sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScimError {
    /// The HTTP status.
    pub status: u16,
    /// The detail keyword of RFC 7644 table 9, for the statuses that have one.
    pub scim_type: Option<ScimType>,
    /// A sentence for the person who reads the provider's log.
    pub detail: String,
}

/// The `scimType` keywords of RFC 7644 §3.12, table 9, and of RFC 9865 §2.1, table 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScimType {
    /// The filter does not parse, or compares what cannot be compared.
    InvalidFilter,
    /// The filter matches more than the server is willing to return.
    TooMany,
    /// A value is already taken by another resource.
    Uniqueness,
    /// The attribute cannot be written or removed.
    Mutability,
    /// The body is not the JSON this request needs.
    InvalidSyntax,
    /// The PATCH path does not parse.
    InvalidPath,
    /// The PATCH path names nothing.
    NoTarget,
    /// A required value is missing, or a value has the wrong type.
    InvalidValue,
    /// The protocol version is not supported.
    InvalidVers,
    /// The request would put personal data into a URL.
    Sensitive,
    /// The cursor was not given out for this query (RFC 9865 §2.1).
    InvalidCursor,
    /// The cursor was given out too long ago (RFC 9865 §2.1).
    ExpiredCursor,
    /// The `count` of a query with a cursor is no page size (RFC 9865 §2.1).
    InvalidCount,
}

impl ScimType {
    /// The keyword as it is sent: `invalidFilter`, `uniqueness`, …
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidFilter => "invalidFilter",
            Self::TooMany => "tooMany",
            Self::Uniqueness => "uniqueness",
            Self::Mutability => "mutability",
            Self::InvalidSyntax => "invalidSyntax",
            Self::InvalidPath => "invalidPath",
            Self::NoTarget => "noTarget",
            Self::InvalidValue => "invalidValue",
            Self::InvalidVers => "invalidVers",
            Self::Sensitive => "sensitive",
            Self::InvalidCursor => "invalidCursor",
            Self::ExpiredCursor => "expiredCursor",
            Self::InvalidCount => "invalidCount",
        }
    }
}

/// What is wrong with the request itself.
impl ScimError {
    /// 400: the body is not what this endpoint reads.
    pub fn invalid_syntax(detail: impl Into<String>) -> Self {
        Self::typed(400, ScimType::InvalidSyntax, detail)
    }

    /// 400: the filter fails at byte `at`, because of `why` (a clause without its period). A
    /// filter that mentions a password is not shown.
    pub fn invalid_filter(filter: &str, at: usize, why: &str) -> Self {
        let (position, filter) = (character(filter, at), shorten(secret::filter(filter)));
        Self::typed(
            400,
            ScimType::InvalidFilter,
            format!("The filter `{filter}` cannot be read at character {position}: {why}."),
        )
    }

    /// 400: the PATCH path fails because of `why` (a clause without its period). Of a path that
    /// mentions a password only the names are shown.
    pub fn invalid_path(path: &str, why: &str) -> Self {
        let path = shorten(&secret::path(path));
        Self::typed(
            400,
            ScimType::InvalidPath,
            format!("The path `{path}` cannot be read: {why}."),
        )
    }

    /// 400: the value at `path` is missing or of the wrong type; `why` says what to send.
    pub fn invalid_value(path: &str, why: &str) -> Self {
        let path = shorten(&secret::path(path));
        Self::typed(
            400,
            ScimType::InvalidValue,
            format!("The value of `{path}` was refused: {why}."),
        )
    }

    /// 400: a PATCH operation points at nothing; `why` says what it should name.
    pub fn no_target(why: &str) -> Self {
        Self::typed(
            400,
            ScimType::NoTarget,
            format!("The operation has no target: {why}."),
        )
    }

    /// 400: the attribute is read-only, or required and would be removed.
    pub fn mutability(path: &str) -> Self {
        let path = shorten(&secret::path(path));
        Self::typed(
            400,
            ScimType::Mutability,
            format!(
                "`{path}` cannot be changed this way: it is read-only or required. Leave it out of the operations."
            ),
        )
    }

    /// 400: the cursor is mangled, or belongs to another query.
    pub fn invalid_cursor() -> Self {
        Self::typed(
            400,
            ScimType::InvalidCursor,
            "The cursor does not belong to this query. Send the `nextCursor` of the page before with the same parameters, or an empty cursor for the first page.",
        )
    }

    /// 400: the cursor was given out more than `lifetime_seconds` ago.
    pub fn expired_cursor(lifetime_seconds: u32) -> Self {
        Self::typed(
            400,
            ScimType::ExpiredCursor,
            format!(
                "The cursor has expired: it is valid for {lifetime_seconds} seconds. Start again with an empty cursor."
            ),
        )
    }

    /// 400: the `count` of a query with a cursor is no whole number up to `max`.
    pub fn invalid_count(max: usize) -> Self {
        Self::typed(
            400,
            ScimType::InvalidCount,
            format!("The `count` is no page size. Send a whole number from 0 to {max}."),
        )
    }

    /// 400: the attribute can be set once and then never changed.
    pub fn immutable(path: &str) -> Self {
        let path = shorten(&secret::path(path));
        Self::typed(
            400,
            ScimType::Mutability,
            format!(
                "`{path}` cannot be changed once it is set. Remove the value it belongs to and add another."
            ),
        )
    }

    /// 413: a bulk request has more operations than one may have (RFC 7644 §3.7.4).
    pub fn too_many_operations(operations: usize, limit: usize) -> Self {
        Self::plain(
            413,
            format!(
                "The bulk request has {operations} operations, which exceeds the maxOperations ({limit}). Send them in several requests."
            ),
        )
    }

    /// 413: a bulk request has more bytes than one may have (RFC 7644 §3.7.4).
    pub fn bulk_too_large(limit_bytes: usize) -> Self {
        Self::plain(
            413,
            format!(
                "The size of the bulk operation exceeds the maxPayloadSize ({limit_bytes}). Send the operations in several requests."
            ),
        )
    }

    /// 413: the body is larger than `limit_bytes`.
    pub fn payload_too_large(limit_bytes: usize) -> Self {
        Self::plain(
            413,
            format!("The body is larger than {limit_bytes} bytes. Send it in smaller requests."),
        )
    }

    /// 405: the endpoint exists, the method does not.
    pub fn method_not_allowed(method: impl fmt::Display, path: &str) -> Self {
        let path = shorten(&secret::path(path));
        Self::plain(
            405,
            format!(
                "{method} is not offered on {path}. Check that the Tenant URL ends where the provider expects it to."
            ),
        )
    }
}

/// What is wrong with the request in the light of what is stored.
impl ScimError {
    /// 409: another resource already has this value of a unique attribute.
    pub fn uniqueness(attribute: &str, value: &str) -> Self {
        let value = shorten(secret::value(value));
        Self::typed(
            409,
            ScimType::Uniqueness,
            format!(
                "Another resource already has the {attribute} \"{value}\". Use a different value, or change that resource instead."
            ),
        )
    }

    /// 409: the request contradicts itself or what is there, apart from unique values.
    pub fn conflict(detail: impl Into<String>) -> Self {
        Self::plain(409, detail)
    }

    /// 404: no such resource.
    pub fn not_found(resource: &str, id: &str) -> Self {
        let id = shorten(&secret::path(id));
        Self::plain(
            404,
            format!(
                "There is no {resource} with the id \"{id}\". Look it up with a filter and use the id in the answer."
            ),
        )
    }

    /// 412: the resource has changed since the version the client named.
    pub fn precondition_failed(detail: impl Into<String>) -> Self {
        Self::plain(412, detail)
    }
}

/// What is wrong around the request: who asks, and whether the server can answer.
impl ScimError {
    /// 401: no token, or one the server does not know.
    pub fn unauthorized(detail: impl Into<String>) -> Self {
        Self::plain(401, detail)
    }

    /// 403: a known client asks for what it may not have.
    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self::plain(403, detail)
    }

    /// 501: an optional part of SCIM this server leaves out.
    pub fn not_implemented(what: &str) -> Self {
        Self::plain(
            501,
            format!("{what} is not implemented by this server. GET /ServiceProviderConfig lists what is."),
        )
    }

    /// 500: the server failed; the request may be fine.
    pub fn internal(detail: impl Into<String>) -> Self {
        Self::plain(500, detail)
    }
}

impl ScimError {
    /// The body to answer with. `status` is a string there, as RFC 7644 §3.12 asks.
    pub fn to_json(&self) -> Value {
        let mut body = json!({ "schemas": [ERROR], "status": self.status.to_string() });
        if let (Some(object), Some(kind)) = (body.as_object_mut(), self.scim_type) {
            object.insert("scimType".into(), kind.as_str().into());
        }
        if let Some(object) = body.as_object_mut() {
            object.insert("detail".into(), self.detail.clone().into());
        }
        body
    }

    fn typed(status: u16, scim_type: ScimType, detail: impl Into<String>) -> Self {
        Self {
            status,
            scim_type: Some(scim_type),
            detail: detail.into(),
        }
    }

    fn plain(status: u16, detail: impl Into<String>) -> Self {
        Self {
            status,
            scim_type: None,
            detail: detail.into(),
        }
    }
}

impl fmt::Display for ScimError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }
}

impl std::error::Error for ScimError {}

/// The longest piece of a client's text that a detail repeats.
const SHOWN: usize = 200;

fn shorten(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Byte offset to the position a person counts, from 1.
fn character(text: &str, at: usize) -> usize {
    text.char_indices().take_while(|(offset, _)| *offset < at).count() + 1
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn an_error_on_the_wire() {
        let error = ScimError::uniqueness("userName", "ada@example.com");
        expect![[r#"{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"409","scimType":"uniqueness","detail":"Another resource already has the userName \"ada@example.com\". Use a different value, or change that resource instead."}"#]]
        .assert_eq(&error.to_json().to_string());
    }

    #[test]
    fn an_error_without_a_type_has_no_type() {
        let error = ScimError::not_found("User", "42");
        assert_eq!(error.to_json().get("scimType"), None);
        assert_eq!(error.to_string(), error.detail);
    }

    #[test]
    fn positions_count_characters_and_long_text_is_cut() {
        let error = ScimError::invalid_filter("ü eq", 3, "an operator is expected");
        expect!["The filter `ü eq` cannot be read at character 3: an operator is expected."]
            .assert_eq(&error.detail);
        assert!(ScimError::invalid_path(&"x".repeat(9_000), "no").detail.len() < 300);
    }
}
