//! The core Group schema, RFC 7643 §4.2 and §8.7.1.

use super::GROUP_URN;
use crate::schema::{Attribute, Schema};

/// The core Group schema.
pub static GROUP: Schema = Schema {
    id: GROUP_URN,
    name: "Group",
    description: "Group",
    attributes: &[
        // Providers match groups by name, so a second group of one name could never be reached.
        Attribute::string("displayName", "The name of the group.")
            .required()
            .unique(),
        Attribute::complex("members", "The members of the group.", MEMBER).multi_valued(),
    ],
};

const MEMBER: &[Attribute] = &[
    Attribute::string("value", "The member's id.")
        .case_exact()
        .immutable(),
    // Derived from `value` by the server; a client's copy is read and not kept.
    Attribute::reference("$ref", "The member's URI.", &["User", "Group"]).immutable(),
    Attribute::string("type", "Whether the member is a user or a group.")
        .immutable()
        .suggest(&["User", "Group"]),
    Attribute::string("display", "The member's name as it is shown.").immutable(),
];
