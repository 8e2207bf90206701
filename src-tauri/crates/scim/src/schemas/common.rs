//! The attributes every resource has, RFC 7643 §3.1. No schema lists them.

use crate::schema::{Attribute, Kind};

/// `schemas`, `id`, `externalId` and `meta`.
pub const COMMON: &[Attribute] = &[
    Attribute::new(
        "schemas",
        Kind::Reference(&["uri"]),
        "The schemas the resource uses.",
    )
    .multi_valued()
    .case_exact()
    .read_only()
    .always(),
    Attribute::string("id", "The identifier the server gave the resource.")
        .case_exact()
        .read_only()
        .always()
        .unique(),
    Attribute::string("externalId", "The identifier the client gave the resource.").case_exact(),
    Attribute::complex("meta", "What the server knows about the resource.", META).read_only(),
];

const META: &[Attribute] = &[
    Attribute::string("resourceType", "The name of the resource type.")
        .case_exact()
        .read_only(),
    Attribute::date_time("created", "When the resource was made.").read_only(),
    Attribute::date_time("lastModified", "When the resource last changed.").read_only(),
    Attribute::reference("location", "The URI of the resource.", &["uri"])
        .case_exact()
        .read_only(),
    Attribute::string("version", "The version as an entity tag.")
        .case_exact()
        .read_only(),
];
