//! What went wrong with one object or with the target as a whole, under the code that Entra's
//! provisioning log uses for it.
//!
//! Which answer gets which code is our choice where the vendor names only the codes.

use serde::{Deserialize, Serialize};

use crate::target::{Answer, Body, NoAnswer};

/// Something went wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fault {
    /// Entra's code, e.g. `DuplicateTargetEntries`.
    pub code: String,
    /// What happened, in a sentence.
    pub reason: String,
    /// What to do about it.
    pub recommended: String,
    /// Whether it says that the target as a whole cannot be provisioned to.
    #[serde(default)]
    pub of_target: bool,
}

/// `SystemForCrossDomainIdentityManagementServiceIncompatible`.
pub const INCOMPATIBLE: &str = "SystemForCrossDomainIdentityManagementServiceIncompatible";
/// `SystemForCrossDomainIdentityManagementInvalidCredentials`.
pub const INVALID_CREDENTIALS: &str = "SystemForCrossDomainIdentityManagementInvalidCredentials";
/// `SystemForCrossDomainIdentityManagementCredentialValidationUnavailable`.
pub const VALIDATION_UNAVAILABLE: &str =
    "SystemForCrossDomainIdentityManagementCredentialValidationUnavailable";
/// `SystemForCrossDomainIdentityManagementMultipleEntriesInResponse`.
pub const MULTIPLE_ENTRIES: &str = "SystemForCrossDomainIdentityManagementMultipleEntriesInResponse";

/// What a request was for: the same status says something else about a list than about an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// For a list.
    List,
    /// For, or about, an object that was linked.
    Linked,
    /// That an object be created.
    New,
}

impl Fault {
    /// A fault of one object.
    pub fn new(code: &str, reason: impl Into<String>, recommended: &str) -> Self {
        Self {
            code: code.to_owned(),
            reason: reason.into(),
            recommended: recommended.to_owned(),
            of_target: false,
        }
    }

    fn of_target(code: &str, reason: impl Into<String>, recommended: &str) -> Self {
        Self {
            of_target: true,
            ..Self::new(code, reason, recommended)
        }
    }

    /// There was no answer.
    pub fn no_answer(error: &NoAnswer) -> Self {
        match error {
            NoAnswer::TimedOut(_) => Self::new(
                "Timeout",
                error.to_string(),
                "See whether the server is busy; the object is tried again in a later cycle.",
            ),
            NoAnswer::TooLong(_) => Self::of_target(
                INCOMPATIBLE,
                error.to_string(),
                "See whether the Tenant URL leads to a SCIM server.",
            ),
            NoAnswer::Unreachable(_) | NoAnswer::NotSecure(_) => Self::of_target(
                VALIDATION_UNAVAILABLE,
                error.to_string(),
                "Make the server reachable, then restart provisioning.",
            ),
            NoAnswer::Broken(_) => Self::new(
                "WebExceptionProtocolError",
                error.to_string(),
                "See whether the server or something between broke the connection; the object is tried again.",
            ),
        }
    }

    /// The answer was none of success.
    pub fn refused(answer: &Answer, asked: Asked) -> Self {
        let reason = said(answer);
        let code = code_of(answer, asked);
        match code {
            INVALID_CREDENTIALS => Self::of_target(
                code,
                reason,
                "Compare the Secret Token with the one that the server gave out, and generate a new one if need be.",
            ),
            VALIDATION_UNAVAILABLE | INCOMPATIBLE => Self::of_target(
                code,
                reason,
                "See whether the Tenant URL is right and provisioning is on there.",
            ),
            _ => Self::new(code, reason, recommended(code)),
        }
    }

    /// What came is not what RFC 7644 says.
    pub fn incompatible(reason: impl Into<String>) -> Self {
        Self::of_target(
            INCOMPATIBLE,
            reason,
            "See whether the Tenant URL leads to a SCIM server.",
        )
    }

    /// A mapping cannot be evaluated for this object.
    pub fn of_mapping(reason: impl Into<String>) -> Self {
        Self::new(
            "InternalError",
            reason,
            "Test the expression with this person and mend the mapping.",
        )
    }
}

fn code_of(answer: &Answer, asked: Asked) -> &'static str {
    match (answer.status, asked) {
        (401, _) => INVALID_CREDENTIALS,
        (403, Asked::List) => VALIDATION_UNAVAILABLE,
        (403, _) => "InsufficientRights",
        (404, Asked::Linked) => "InvalidAnchor",
        (404 | 300..=399, _) => INCOMPATIBLE,
        (405, _) => "MethodNotAllowed",
        (409, _) => "EntryConflict",
        (429, _) => "TooManyRequests",
        (501, _) => "NotImplemented",
        (500..=599, _) => "InternalServerError",
        (400, _) if answer.scim_type() == Some("invalidPath") => "SchemaAttributeNotFound",
        (400, _)
            if answer
                .detail()
                .is_some_and(|detail| detail.to_lowercase().contains("domain")) =>
        {
            "InvalidDomain"
        }
        (400, _) => "SystemForCrossDomainIdentityManagementBadRequest",
        // 422 among them.
        _ => "UnprocessableEntity",
    }
}

fn recommended(code: &str) -> &'static str {
    match code {
        "EntryConflict" => {
            "Another object of the target has this value. Match by an attribute that finds it, or change one of the two."
        }
        "InvalidAnchor" => {
            "The linked object is gone from the target. Restart with the scope Full to match and create it again."
        }
        "TooManyRequests" => "Nothing; it is tried again.",
        "InternalServerError" => "See the server's log; the object is tried again.",
        "InsufficientRights" => "Give the token's owner the rights that provisioning needs.",
        "SchemaAttributeNotFound" => "Take the attribute out of the mapping, or correct its name.",
        _ => "See what the server says to this request, and mend the mapping or the object.",
    }
}

/// What the server said, for people.
fn said(answer: &Answer) -> String {
    let status = answer.status;
    match (&answer.body, answer.detail()) {
        (_, Some(detail)) => format!("The target answered {status}: {detail}"),
        (Body::Other(text), None) if text.trim_start().starts_with('<') => {
            format!("The target answered {status} with a web page instead of SCIM.")
        }
        _ => format!("The target answered {status} without saying why."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_has_its_code() {
        let rows = [
            (401, Asked::List, INVALID_CREDENTIALS, true),
            (403, Asked::List, VALIDATION_UNAVAILABLE, true),
            (403, Asked::New, "InsufficientRights", false),
            (404, Asked::List, INCOMPATIBLE, true),
            (404, Asked::Linked, "InvalidAnchor", false),
            (302, Asked::List, INCOMPATIBLE, true),
            (405, Asked::Linked, "MethodNotAllowed", false),
            (409, Asked::New, "EntryConflict", false),
            (422, Asked::New, "UnprocessableEntity", false),
            (429, Asked::New, "TooManyRequests", false),
            (500, Asked::New, "InternalServerError", false),
            (503, Asked::List, "InternalServerError", false),
            (501, Asked::Linked, "NotImplemented", false),
            (
                400,
                Asked::New,
                "SystemForCrossDomainIdentityManagementBadRequest",
                false,
            ),
        ];
        for (status, asked, code, of_target) in rows {
            let answer = Answer {
                status,
                ..Answer::default()
            };
            let fault = Fault::refused(&answer, asked);
            assert_eq!(
                (fault.code.as_str(), fault.of_target),
                (code, of_target),
                "{status} {asked:?}"
            );
        }
    }

    #[test]
    fn a_bad_request_is_told_by_what_the_server_says() {
        let says = |body| Answer {
            status: 400,
            body: Body::Json(body),
            ..Answer::default()
        };
        let path = says(serde_json::json!({ "scimType": "invalidPath", "detail": "no x" }));
        assert_eq!(
            Fault::refused(&path, Asked::Linked).code,
            "SchemaAttributeNotFound"
        );
        let domain = says(serde_json::json!({ "detail": "Domain not accepted." }));
        assert_eq!(Fault::refused(&domain, Asked::New).code, "InvalidDomain");
    }

    #[test]
    fn a_web_page_is_named_as_such() {
        let page = Answer {
            status: 200,
            body: Body::Other("<!doctype html>".to_owned()),
            ..Answer::default()
        };
        assert!(said(&page).contains("web page"));
    }
}
