//! Conditional requests: `If-Match` and `If-None-Match` (RFC 7644 §3.14, RFC 9110 §13).
//!
//! Tags are compared weakly, since ours are weak: `W/"1"` and `"1"` name the same version.

use axum::http::{HeaderName, header};
use scim::error::ScimError;

use crate::exchange::Call;

/// What a client says about the version it knows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Conditions {
    /// Versions of which one has to be the present one.
    wanted: Option<String>,
    /// Versions of which none may be.
    unwanted: Option<String>,
}

impl Conditions {
    /// The conditions of a request; an empty header is none.
    pub(crate) fn of(call: &Call) -> Self {
        let list = |name: HeaderName| {
            let lines: Vec<_> = call.headers.get_all(name).iter().collect();
            let texts: Vec<_> = lines.iter().filter_map(|line| line.to_str().ok()).collect();
            Some(texts.join(",")).filter(|list| !list.trim().is_empty())
        };
        Self {
            wanted: list(header::IF_MATCH),
            unwanted: list(header::IF_NONE_MATCH),
        }
    }

    /// Whether a resource of version `etag` may be changed; 412 if not.
    pub(crate) fn allow_change(&self, etag: &str) -> Result<(), ScimError> {
        self.allow_reading(etag)?;
        match &self.unwanted {
            Some(unwanted) if names(unwanted, etag) => Err(ScimError::precondition_failed(format!(
                "The resource is there, in version {etag}; the request asked for no change in that case (If-None-Match)."
            ))),
            _ => Ok(()),
        }
    }

    /// Whether a resource of version `etag` may be read; 412 if the client wanted another version.
    pub(crate) fn allow_reading(&self, etag: &str) -> Result<(), ScimError> {
        match &self.wanted {
            Some(wanted) if !names(wanted, etag) => Err(ScimError::precondition_failed(format!(
                "The resource is of version {etag} by now, not of {wanted}. Read it again and repeat the change."
            ))),
            _ => Ok(()),
        }
    }

    /// Whether the client has version `etag` already.
    pub(crate) fn is_known(&self, etag: &str) -> bool {
        self.unwanted
            .as_deref()
            .is_some_and(|unwanted| names(unwanted, etag))
    }
}

/// Whether a list of tags names this one; `*` names every one.
fn names(list: &str, etag: &str) -> bool {
    list.split(',')
        .any(|tag| tag.trim() == "*" || opaque(tag) == opaque(etag))
}

fn opaque(tag: &str) -> &str {
    let tag = tag.trim();
    tag.strip_prefix("W/")
        .or_else(|| tag.strip_prefix("w/"))
        .unwrap_or(tag)
        .trim_matches('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_compared_weakly() {
        for (list, named) in [
            ("W/\"7\"", true),
            ("\"7\"", true),
            ("7", true),
            ("*", true),
            ("\"1\", W/\"7\"", true),
            ("W/\"77\"", false),
            ("\"1\", \"2\"", false),
        ] {
            assert_eq!(names(list, "W/\"7\""), named, "{list}");
        }
    }
}
