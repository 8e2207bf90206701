//! Answering a query: RFC 7644 §3.4.2 and §3.9.

mod projection;
mod sort;

pub use projection::Projection;
pub use sort::sort;

use serde_json::{Value, json};

use crate::error::ScimError;
use crate::schemas::LIST_RESPONSE;

/// A ListResponse around one page of resources. `total` counts the resources on all pages.
pub fn list_response(resources: Vec<Value>, total: usize, start_index: usize) -> Value {
    let mut response = json!({
        "schemas": [LIST_RESPONSE],
        "totalResults": total,
        "startIndex": start_index,
        "itemsPerPage": resources.len(),
    });
    if let Some(object) = response.as_object_mut() {
        object.insert("Resources".into(), Value::Array(resources));
    }
    response
}

/// Which part of the results to send, RFC 7644 §3.4.2.4.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// The first result, counted from 1.
    pub start_index: usize,
    /// The most results to send.
    pub count: usize,
}

impl Page {
    /// The results of a page nobody asked a size for.
    pub const DEFAULT_COUNT: usize = 100;

    /// Reads `startIndex` and `count`. A start below 1 is 1, a negative count is 0, a count
    /// above `max` is `max`, and none is 100 or `max`; what is not a whole number is an
    /// `invalidValue` error.
    pub fn parse(start_index: Option<&str>, count: Option<&str>, max: usize) -> Result<Self, ScimError> {
        let start_index = whole_number("startIndex", start_index)?.unwrap_or(1).max(1);
        let count = whole_number("count", count)?
            .unwrap_or(Self::DEFAULT_COUNT)
            .min(max);
        Ok(Self { start_index, count })
    }

    /// How many results come before the page.
    pub const fn skip(&self) -> usize {
        self.start_index.saturating_sub(1)
    }
}

/// Negative numbers are 0, and those that are too large are the largest.
fn whole_number(name: &str, text: Option<&str>) -> Result<Option<usize>, ScimError> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(ScimError::invalid_value(name, "a whole number is expected"));
    }
    let number = digits.parse().unwrap_or(usize::MAX);
    Ok(Some(if negative { 0 } else { number }))
}

#[cfg(test)]
mod tests;
