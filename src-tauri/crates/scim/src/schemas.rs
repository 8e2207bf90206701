//! The tables: every schema this server declares, and the URNs of SCIM's messages.

mod common;
mod discovery;
mod enterprise_user;
mod group;
mod kmsat_user;
mod user;

pub use common::COMMON;
pub use discovery::{RESOURCE_TYPE, SCHEMA, SERVICE_PROVIDER_CONFIG};
pub use enterprise_user::ENTERPRISE_USER;
pub use group::GROUP;
pub use kmsat_user::KMSAT_USER;
pub use user::USER;

use crate::schema::{ResourceType, Schema};

/// The core User schema, RFC 7643 §4.1.
pub const USER_URN: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
/// The core Group schema, RFC 7643 §4.2.
pub const GROUP_URN: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";
/// The Enterprise User extension, RFC 7643 §4.3.
pub const ENTERPRISE_URN: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
/// KnowBe4's extension for its console's own fields.
pub const KMSAT_URN: &str = "urn:ietf:params:scim:schemas:extension:knowbe4:kmsat:2.0:User";

/// The body of a PATCH, RFC 7644 §3.5.2.
pub const PATCH_OP: &str = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
/// The body of a bulk request, RFC 7644 §3.7.
pub const BULK_REQUEST: &str = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
/// The answer to a bulk request, RFC 7644 §3.7.
pub const BULK_RESPONSE: &str = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";
/// The answer to a query, RFC 7644 §3.4.2.
pub const LIST_RESPONSE: &str = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
/// The body of an error, RFC 7644 §3.12.
pub const ERROR: &str = "urn:ietf:params:scim:api:messages:2.0:Error";
/// The body of a query by POST, RFC 7644 §3.4.3.
pub const SEARCH_REQUEST: &str = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

/// Users, with both extensions.
pub static USER_TYPE: ResourceType = ResourceType {
    name: "User",
    endpoint: "/Users",
    description: "User Account",
    schema: &USER,
    extensions: &[&ENTERPRISE_USER, &KMSAT_USER],
};

/// Groups.
pub static GROUP_TYPE: ResourceType = ResourceType {
    name: "Group",
    endpoint: "/Groups",
    description: "Group",
    schema: &GROUP,
    extensions: &[],
};

/// Every resource type, in the order `/ResourceTypes` lists them.
pub static RESOURCE_TYPES: [&ResourceType; 2] = [&USER_TYPE, &GROUP_TYPE];

/// Every schema, in the order `/Schemas` lists them.
pub static SCHEMAS: [&Schema; 7] = [
    &USER,
    &ENTERPRISE_USER,
    &KMSAT_USER,
    &GROUP,
    &SERVICE_PROVIDER_CONFIG,
    &RESOURCE_TYPE,
    &SCHEMA,
];

#[cfg(test)]
mod tests;
