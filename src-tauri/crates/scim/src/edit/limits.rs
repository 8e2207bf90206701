//! How many values one request may bring for one attribute.
//!
//! An edit of a list compares what is sent with what is there, one by one, and a PATCH does so
//! while every other writer waits. Nobody has a thousand addresses; groups have more members
//! than that, and those are changed without being compared.

use std::collections::HashMap;

use serde_json::Value;

use crate::error::ScimError;
use crate::path::Path;
use crate::schema::{Attribute, ResourceType};

/// The most elements a multi-valued attribute has, except `members`.
pub(crate) const MOST_VALUES: usize = 1_000;

/// The most operations a PATCH has.
pub(crate) const MOST_OPERATIONS: usize = 1_000;

/// Refuses more values for one attribute than it may have, all keys or operations together.
pub(crate) fn check<'a>(
    kind: &'static ResourceType,
    sent: impl Iterator<Item = (&'a Path, &'a Value)>,
) -> Result<(), ScimError> {
    let mut counts: HashMap<(Option<&str>, &str), usize> = HashMap::new();
    for (path, value) in sent {
        let attr = &path.attr;
        let counted = match kind.find(attr) {
            Some(attribute) => attribute.multi_valued && !is_unlimited(attribute),
            None => value.is_array(),
        };
        if counted {
            let count = counts
                .entry((attr.schema.as_deref(), attr.attribute.as_str()))
                .or_default();
            *count += value.as_array().map_or(1, Vec::len).max(1);
            check_length(*count, &attr.to_string())?;
        }
    }
    Ok(())
}

/// Refuses a list of `length` values at `path`.
pub(crate) fn check_length(length: usize, path: &str) -> Result<(), ScimError> {
    if length <= MOST_VALUES {
        return Ok(());
    }
    Err(ScimError::invalid_value(
        path,
        &format!("one attribute has at most {MOST_VALUES} values; send no more than that"),
    ))
}

/// Members are counted by nobody; what only the server writes is left out anyway.
pub(super) fn is_unlimited(attribute: &Attribute) -> bool {
    attribute.name == "members" || attribute.name == "schemas" || attribute.is_read_only()
}
