//! Answering a query: RFC 7644 §3.4.2 and §3.9, RFC 9865.

mod paging;
mod projection;
mod sort;

use std::fmt::Write as _;

pub use paging::{Page, Paging};
pub use projection::Projection;
use serde_json::Value;
pub use sort::sort;

use crate::schemas::LIST_RESPONSE;

/// A ListResponse around one page of resources; they and it are JSON texts. `total` counts the
/// resources on all pages.
pub fn list_response(resources: &[String], total: usize, start_index: usize) -> String {
    response(resources, total, &[("startIndex", start_index.into())])
}

/// A ListResponse around one page of a query with a cursor, RFC 9865 §2. `next` is `None` on the
/// last page, `previous` on the first; `total` counts the resources on all pages.
pub fn cursor_response(
    resources: &[String],
    total: usize,
    next: Option<&str>,
    previous: Option<&str>,
) -> String {
    let cursors: Vec<(&str, Value)> = [("previousCursor", previous), ("nextCursor", next)]
        .into_iter()
        .filter_map(|(name, cursor)| Some((name, cursor?.into())))
        .collect();
    response(resources, total, &cursors)
}

/// The message around the resources, which are many and written once.
fn response(resources: &[String], total: usize, paging: &[(&str, Value)]) -> String {
    const AROUND: usize = 512;
    let length: usize = resources.iter().map(|resource| resource.len() + 1).sum();
    let mut text = String::with_capacity(length + AROUND);
    // Writing into a String cannot fail.
    let _ = write!(
        text,
        "{{\"schemas\":[\"{LIST_RESPONSE}\"],\"totalResults\":{total},\"itemsPerPage\":{}",
        resources.len()
    );
    for (name, value) in paging {
        let _ = write!(text, ",\"{name}\":{value}");
    }
    text.push_str(",\"Resources\":[");
    for (place, resource) in resources.iter().enumerate() {
        if place > 0 {
            text.push(',');
        }
        text.push_str(resource);
    }
    text.push_str("]}");
    text
}

#[cfg(test)]
mod tests;
