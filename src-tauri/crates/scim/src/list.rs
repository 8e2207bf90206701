//! Answering a query: RFC 7644 §3.4.2 and §3.9, RFC 9865.

mod paging;
mod projection;
mod sort;

pub use paging::{Page, Paging};
pub use projection::Projection;
pub use sort::sort;

use serde_json::{Value, json};

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

/// A ListResponse around one page of a query with a cursor, RFC 9865 §2. `next` is `None` on the
/// last page, `previous` on the first; `total` counts the resources on all pages.
pub fn cursor_response(
    resources: Vec<Value>,
    total: usize,
    next: Option<&str>,
    previous: Option<&str>,
) -> Value {
    let mut response = json!({
        "schemas": [LIST_RESPONSE],
        "totalResults": total,
        "itemsPerPage": resources.len(),
    });
    if let Some(object) = response.as_object_mut() {
        for (name, cursor) in [("previousCursor", previous), ("nextCursor", next)] {
            object.extend(cursor.map(|cursor| (name.to_owned(), cursor.into())));
        }
        object.insert("Resources".into(), Value::Array(resources));
    }
    response
}

#[cfg(test)]
mod tests;
