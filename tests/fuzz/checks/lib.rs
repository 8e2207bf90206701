//! What has to hold for any bytes at all: one function for each fuzz target.
//!
//! Each reads its bytes as a client's or an admin's, and panics where the crate `scim` or
//! `practice-idp` breaks one of the promises in its documentation. The fuzzer runs them on what it makes up (`cargo xtask fuzz`);
//! the ordinary tests run them on `corpus`, so that what was found once stays found.

mod bulks;
mod expressions;
mod lists;
mod mappings;
mod samples;
mod texts;
mod writes;

pub use bulks::bulk;
pub use expressions::expression;
pub use lists::query;
pub use mappings::mapping;
pub use texts::{filter, path};
pub use writes::{patch, resource};

/// A target: takes any bytes, and panics where a promise is broken.
pub type Check = fn(&[u8]);

/// Every target by the name of its binary and of its folder in `corpus`.
pub const CHECKS: &[(&str, Check)] = &[
    ("bulk", bulk),
    ("expression", expression),
    ("filter", filter),
    ("mapping", mapping),
    ("patch", patch),
    ("path", path),
    ("query", query),
    ("resource", resource),
];
