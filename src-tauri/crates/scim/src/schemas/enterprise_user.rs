//! The Enterprise User extension, RFC 7643 §4.3.

use super::ENTERPRISE_URN;
use crate::schema::{Attribute, Schema};

/// The Enterprise User extension.
pub static ENTERPRISE_USER: Schema = Schema {
    id: ENTERPRISE_URN,
    name: "EnterpriseUser",
    description: "Enterprise User",
    attributes: &[
        Attribute::string("employeeNumber", "The number the organization gave the person."),
        Attribute::string("costCenter", "The cost center."),
        Attribute::string("organization", "The organization."),
        Attribute::string("division", "The division."),
        Attribute::string("department", "The department."),
        Attribute::complex("manager", "The user's manager.", MANAGER),
    ],
};

const MANAGER: &[Attribute] = &[
    Attribute::string("value", "The id of the manager's User resource.")
        .required()
        .case_exact(),
    // Derived from `value` by the server; a client's copy is read and not kept.
    Attribute::reference("$ref", "The URI of the manager's User resource.", &["User"]),
    Attribute::string("displayName", "The manager's display name.").read_only(),
];
