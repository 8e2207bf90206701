//! Cursors (RFC 9865): where a page ended, written into the answer itself. The server keeps
//! nothing, so a cursor costs nothing, survives a restart, and ends with its time alone.
//!
//! A cursor names the last resource of its page, not a number of resources. Whoever walks on finds
//! every resource once that was there all the time, whatever came or went meanwhile. With an
//! order it also carries the value the list is sorted by; there the same holds for every resource
//! whose value stayed as it was.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use jiff::{SignedDuration, Timestamp};
use scim::error::ScimError;
use scim::resource::Object;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Kind, Query};

/// Seconds that a cursor is good for: ServiceProviderConfig's `cursorTimeout`.
pub const CURSOR_SECONDS: u32 = 3_600;

/// Bytes of the check in front of a cursor: enough to notice a typing error or a cut.
const CHECK: usize = 8;

/// Bytes of a sorted value that a cursor carries at most. Cursors travel in URLs.
const LONGEST_VALUE: usize = 1_500;

/// Where a page ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Place {
    /// The type of its last resource.
    #[serde(rename = "k")]
    pub(super) kind: Kind,
    /// The id of its last resource.
    #[serde(rename = "i")]
    pub(super) id: String,
    /// The part of that resource by which a list is sorted, unless it is too long.
    #[serde(rename = "b", default, skip_serializing_if = "Option::is_none")]
    pub(super) by: Option<Object>,
}

/// What a cursor says.
#[derive(Serialize, Deserialize)]
struct Written {
    /// The query it belongs to.
    #[serde(rename = "q")]
    scope: String,
    /// The second in which it ends.
    #[serde(rename = "e")]
    until: i64,
    #[serde(flatten)]
    place: Place,
}

/// What a cursor belongs to: the types, filters and orders asked for, not the size of the page.
pub(super) fn scope_of(asked: &[(Kind, &Query)]) -> String {
    let mut hash = Sha256::new();
    for (kind, query) in asked {
        let filter = query.filter.as_ref().map(ToString::to_string);
        let sort = query
            .sort
            .as_ref()
            .map(|sort| format!("{} {}", sort.by, sort.descending));
        for part in [Some(kind.name().to_owned()), filter, sort] {
            let part = part.unwrap_or_default();
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
    }
    HEXLOWER.encode(check_of(hash).as_slice())
}

impl Place {
    /// The end of a page whose last resource is this one.
    pub(super) fn after(kind: Kind, id: &str, by: Option<Object>) -> Self {
        let fits = |by: &Object| serde_json::to_vec(by).is_ok_and(|json| json.len() <= LONGEST_VALUE);
        Self {
            kind,
            id: id.to_owned(),
            by: by.filter(fits),
        }
    }

    /// The cursor, in the characters of RFC 3986 §2.3; good for [`CURSOR_SECONDS`] from `now`.
    pub(super) fn write(self, scope: String, now: Timestamp) -> Option<String> {
        let lifetime = SignedDuration::from_secs(i64::from(CURSOR_SECONDS));
        let written = Written {
            scope,
            until: now.saturating_add(lifetime).unwrap_or(Timestamp::MAX).as_second(),
            place: self,
        };
        let json = serde_json::to_vec(&written).ok()?;
        let mut bytes = check_of(Sha256::new().chain_update(&json));
        bytes.extend(json);
        Some(BASE64URL_NOPAD.encode(&bytes))
    }

    /// Reads a cursor of the query `scope`. One that is mangled or another query's is a 400
    /// invalidCursor, an old one a 400 expiredCursor (RFC 9865 §2.1).
    pub(super) fn read(text: &str, scope: &str, now: Timestamp) -> Result<Self, ScimError> {
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).unwrap_or_default();
        let written = bytes
            .split_at_checked(CHECK)
            .filter(|(check, json)| *check == check_of(Sha256::new().chain_update(json)).as_slice())
            .and_then(|(_, json)| serde_json::from_slice::<Written>(json).ok())
            .filter(|written| written.scope == scope)
            .ok_or_else(ScimError::invalid_cursor)?;
        if now.as_second() >= written.until {
            return Err(ScimError::expired_cursor(CURSOR_SECONDS));
        }
        Ok(written.place)
    }
}

fn check_of(hash: Sha256) -> Vec<u8> {
    hash.finalize().into_iter().take(CHECK).collect()
}
