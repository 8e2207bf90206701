//! The schemas of the discovery endpoints themselves: RFC 7643 §5–§7 and §8.7.2, RFC 9865 §4.

use crate::schema::{Attribute, Schema};

/// The schema of `/ServiceProviderConfig`.
pub static SERVICE_PROVIDER_CONFIG: Schema = Schema {
    id: "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig",
    name: "Service Provider Configuration",
    description: "What of SCIM this server offers",
    attributes: &[
        Attribute::reference("documentationUri", "Where the help is.", &["external"]).read_only(),
        Attribute::complex("patch", "Whether PATCH is offered.", SUPPORTED)
            .required()
            .read_only(),
        Attribute::complex("bulk", "Whether Bulk is offered, and its limits.", BULK)
            .required()
            .read_only(),
        Attribute::complex("filter", "Whether filters are offered, and their limit.", FILTER)
            .required()
            .read_only(),
        Attribute::complex("changePassword", "Whether passwords are changed.", SUPPORTED)
            .required()
            .read_only(),
        Attribute::complex("sort", "Whether sorting is offered.", SUPPORTED)
            .required()
            .read_only(),
        Attribute::complex("etag", "Whether entity tags are offered.", SUPPORTED)
            .required()
            .read_only(),
        Attribute::complex("authenticationSchemes", "How clients prove who they are.", SCHEME)
            .multi_valued()
            .required()
            .read_only(),
        // RFC 9865 §4 adds it to the schema of RFC 7643.
        Attribute::complex("pagination", "How lists are paged.", PAGINATION).read_only(),
    ],
};

/// The schema of `/ResourceTypes`.
pub static RESOURCE_TYPE: Schema = Schema {
    id: "urn:ietf:params:scim:schemas:core:2.0:ResourceType",
    name: "ResourceType",
    description: "A kind of resource and where it is",
    attributes: &[
        Attribute::string("id", "The same as the name.").read_only(),
        Attribute::string("name", "The name of the resource type.")
            .required()
            .case_exact()
            .read_only()
            .unique(),
        Attribute::string("description", "What the resources are.").read_only(),
        Attribute::reference("endpoint", "The path below the base URL.", &["uri"])
            .required()
            .read_only()
            .unique(),
        Attribute::reference("schema", "The core schema.", &["uri"])
            .required()
            .case_exact()
            .read_only(),
        Attribute::complex("schemaExtensions", "The extensions.", EXTENSION)
            .multi_valued()
            .required()
            .read_only(),
    ],
};

/// The schema of `/Schemas`.
pub static SCHEMA: Schema = Schema {
    id: "urn:ietf:params:scim:schemas:core:2.0:Schema",
    name: "Schema",
    description: "A set of attributes",
    attributes: &[
        Attribute::string("id", "The URN.").required().read_only(),
        Attribute::string("name", "The name for people.")
            .required()
            .read_only(),
        Attribute::string("description", "What the schema describes.").read_only(),
        Attribute::complex("attributes", "The attributes.", ATTRIBUTE)
            .multi_valued()
            .required()
            .read_only(),
    ],
};

const SUPPORTED: &[Attribute] = &[OFFERED];

const BULK: &[Attribute] = &[
    OFFERED,
    Attribute::integer("maxOperations", "The most operations in a request.")
        .required()
        .read_only(),
    Attribute::integer("maxPayloadSize", "The most bytes in a request.")
        .required()
        .read_only(),
];

const FILTER: &[Attribute] = &[
    OFFERED,
    Attribute::integer("maxResults", "The most resources in an answer.")
        .required()
        .read_only(),
];

const PAGINATION: &[Attribute] = &[
    Attribute::boolean("cursor", "True if lists are paged by cursor.")
        .required()
        .read_only(),
    Attribute::boolean("index", "True if lists are paged by index.")
        .required()
        .read_only(),
    Attribute::string(
        "defaultPaginationMethod",
        "The one used if the client asks for neither.",
    )
    .read_only()
    .suggest(&["cursor", "index"]),
    Attribute::integer(
        "defaultPageSize",
        "The resources on a page nobody gave a size for.",
    )
    .read_only(),
    Attribute::integer("maxPageSize", "The most resources on a page.").read_only(),
    Attribute::integer("cursorTimeout", "For how many seconds a cursor is valid.").read_only(),
];

const OFFERED: Attribute = Attribute::boolean("supported", "True if it is offered.")
    .required()
    .read_only();

const SCHEME: &[Attribute] = &[
    Attribute::string("type", "The scheme.")
        .required()
        .read_only()
        .suggest(&["oauth", "oauth2", "oauthbearertoken", "httpbasic", "httpdigest"]),
    Attribute::string("name", "The scheme's common name.")
        .required()
        .read_only(),
    Attribute::string("description", "What the scheme is.")
        .required()
        .read_only(),
    Attribute::reference("specUri", "Where it is specified.", &["external"]).read_only(),
    Attribute::reference("documentationUri", "Where it is explained.", &["external"]).read_only(),
    Attribute::boolean("primary", "True for the preferred scheme.").read_only(),
];

const EXTENSION: &[Attribute] = &[
    Attribute::reference("schema", "The extension's URN.", &["uri"])
        .required()
        .case_exact()
        .read_only(),
    Attribute::boolean("required", "True if every resource must have it.")
        .required()
        .read_only(),
];

const ATTRIBUTE: &[Attribute] = &[
    ATTRIBUTE_NAME,
    ATTRIBUTE_TYPE,
    MULTI_VALUED,
    DESCRIPTION,
    REQUIRED,
    CANONICAL_VALUES,
    CASE_EXACT,
    MUTABILITY,
    RETURNED,
    UNIQUENESS,
    REFERENCE_TYPES,
    Attribute::complex(
        "subAttributes",
        "The parts of a complex attribute.",
        SUB_ATTRIBUTE,
    )
    .multi_valued()
    .read_only(),
];

/// RFC 7643 §2.3.8: a complex attribute contains no complex attributes.
const SUB_ATTRIBUTE: &[Attribute] = &[
    ATTRIBUTE_NAME,
    ATTRIBUTE_TYPE,
    MULTI_VALUED,
    DESCRIPTION,
    REQUIRED,
    CANONICAL_VALUES,
    CASE_EXACT,
    MUTABILITY,
    RETURNED,
    UNIQUENESS,
    REFERENCE_TYPES,
];

const ATTRIBUTE_NAME: Attribute = Attribute::string("name", "The name.")
    .required()
    .case_exact()
    .read_only();
const ATTRIBUTE_TYPE: Attribute = Attribute::string("type", "The data type.")
    .required()
    .read_only()
    .suggest(&[
        "string",
        "complex",
        "boolean",
        "decimal",
        "integer",
        "dateTime",
        "reference",
        "binary",
    ]);
const MULTI_VALUED: Attribute = Attribute::boolean("multiValued", "True if the value is a list.")
    .required()
    .read_only();
const DESCRIPTION: Attribute = Attribute::string("description", "What the attribute holds.")
    .case_exact()
    .read_only();
const REQUIRED: Attribute =
    Attribute::boolean("required", "True if every resource must have it.").read_only();
const CANONICAL_VALUES: Attribute = Attribute::string("canonicalValues", "Suggested values.")
    .multi_valued()
    .case_exact()
    .read_only();
const CASE_EXACT: Attribute = Attribute::boolean("caseExact", "True if letter case matters.").read_only();
const MUTABILITY: Attribute = Attribute::string("mutability", "Who may write it.")
    .case_exact()
    .read_only()
    .suggest(&["readOnly", "readWrite", "immutable", "writeOnly"]);
const RETURNED: Attribute = Attribute::string("returned", "When it is in an answer.")
    .case_exact()
    .read_only()
    .suggest(&["always", "never", "default", "request"]);
const UNIQUENESS: Attribute = Attribute::string("uniqueness", "How far values are unique.")
    .case_exact()
    .read_only()
    .suggest(&["none", "server", "global"]);
const REFERENCE_TYPES: Attribute = Attribute::string("referenceTypes", "What a reference may point at.")
    .multi_valued()
    .case_exact()
    .read_only();
