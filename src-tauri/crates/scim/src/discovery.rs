//! The discovery endpoints, written from the tables: RFC 7643 §5–§7, RFC 7644 §4.
//!
//! `base` is the Tenant URL without a slash at its end; it starts every `meta.location`.

use serde_json::{Map, Value, json};

use crate::list::Page;
use crate::schema::{Attribute, Kind, Mutability, ResourceType, Returned, Schema, Uniqueness};
use crate::schemas::{RESOURCE_TYPE, RESOURCE_TYPES, SCHEMA, SCHEMAS, SERVICE_PROVIDER_CONFIG};

/// The most resources in an answer, as announced.
pub const MAX_RESULTS: usize = 1_000;

/// The most operations of a bulk request, as announced.
pub const MAX_BULK_OPERATIONS: usize = 1_000;

/// The most bytes of a bulk request, as announced.
pub const MAX_BULK_BYTES: usize = 5_242_880;

/// For how many seconds a cursor is valid, as announced.
pub const CURSOR_SECONDS: u32 = 3_600;

/// `/ServiceProviderConfig`: RFC 7643 §5, and RFC 9865 §4 for `pagination`. Every limit is there
/// and is not 0: authentik sizes its PATCHes by the Bulk limit.
pub fn service_provider_config(base: &str) -> Value {
    json!({
        "schemas": [SERVICE_PROVIDER_CONFIG.id],
        "patch": { "supported": true },
        "bulk": {
            "supported": true,
            "maxOperations": MAX_BULK_OPERATIONS,
            "maxPayloadSize": MAX_BULK_BYTES,
        },
        "filter": { "supported": true, "maxResults": MAX_RESULTS },
        "changePassword": { "supported": false },
        "sort": { "supported": true },
        "etag": { "supported": true },
        "authenticationSchemes": [{
            "type": "oauthbearertoken",
            "name": "OAuth Bearer Token",
            "description": "The SCIM token in the Authorization header.",
            "specUri": "https://www.rfc-editor.org/info/rfc6750",
            "primary": true,
        }],
        "pagination": {
            "cursor": true,
            "index": true,
            "defaultPaginationMethod": "index",
            "defaultPageSize": Page::DEFAULT_COUNT,
            "maxPageSize": MAX_RESULTS,
            "cursorTimeout": CURSOR_SECONDS,
        },
        "meta": {
            "resourceType": "ServiceProviderConfig",
            "location": format!("{}/ServiceProviderConfig", trim(base)),
        },
    })
}

/// `/ResourceTypes`.
pub fn resource_types(base: &str) -> Vec<Value> {
    RESOURCE_TYPES
        .iter()
        .map(|kind| resource_type_json(base, kind))
        .collect()
}

/// `/ResourceTypes/{name}`, the name in any letter case.
pub fn resource_type(base: &str, name: &str) -> Option<Value> {
    let kind = RESOURCE_TYPES
        .iter()
        .find(|kind| kind.name.eq_ignore_ascii_case(name))?;
    Some(resource_type_json(base, kind))
}

/// `/Schemas`.
pub fn schemas(base: &str) -> Vec<Value> {
    SCHEMAS.iter().map(|schema| schema_json(base, schema)).collect()
}

/// `/Schemas/{urn}`, the URN in any letter case.
pub fn schema(base: &str, urn: &str) -> Option<Value> {
    let schema = SCHEMAS
        .iter()
        .find(|schema| schema.id.eq_ignore_ascii_case(urn))?;
    Some(schema_json(base, schema))
}

fn resource_type_json(base: &str, kind: &ResourceType) -> Value {
    let extensions: Vec<Value> = kind
        .extensions
        .iter()
        .map(|extension| json!({ "schema": extension.id, "required": false }))
        .collect();
    json!({
        "schemas": [RESOURCE_TYPE.id],
        "id": kind.name,
        "name": kind.name,
        "endpoint": kind.endpoint,
        "description": kind.description,
        "schema": kind.schema.id,
        "schemaExtensions": extensions,
        "meta": {
            "resourceType": "ResourceType",
            "location": format!("{}/ResourceTypes/{}", trim(base), kind.name),
        },
    })
}

fn schema_json(base: &str, schema: &Schema) -> Value {
    json!({
        "schemas": [SCHEMA.id],
        "id": schema.id,
        "name": schema.name,
        "description": schema.description,
        "attributes": schema.attributes.iter().map(attribute_json).collect::<Vec<_>>(),
        "meta": {
            "resourceType": "Schema",
            "location": format!("{}/Schemas/{}", trim(base), schema.id),
        },
    })
}

/// One attribute, with the characteristics that mean something for its type.
fn attribute_json(attribute: &Attribute) -> Value {
    let mut json = Map::new();
    let mut put = |name: &str, value: Value| json.insert(name.to_owned(), value);
    put("name", attribute.name.into());
    put("type", type_name(attribute.kind).into());
    put("multiValued", attribute.multi_valued.into());
    put("description", attribute.description.into());
    put("required", attribute.required.into());
    if !attribute.canonical_values.is_empty() {
        put("canonicalValues", attribute.canonical_values.to_vec().into());
    }
    if is_text(attribute.kind) {
        put("caseExact", attribute.case_exact.into());
    }
    put("mutability", mutability(attribute.mutability).into());
    put("returned", returned(attribute.returned).into());
    if !matches!(attribute.kind, Kind::Complex(_) | Kind::Boolean) {
        put("uniqueness", uniqueness(attribute.uniqueness).into());
    }
    if let Kind::Reference(targets) = attribute.kind {
        put("referenceTypes", targets.to_vec().into());
    }
    if let Kind::Complex(sub_attributes) = attribute.kind {
        put(
            "subAttributes",
            sub_attributes.iter().map(attribute_json).collect(),
        );
    }
    Value::Object(json)
}

const fn is_text(kind: Kind) -> bool {
    matches!(kind, Kind::String | Kind::Reference(_) | Kind::Binary)
}

const fn type_name(kind: Kind) -> &'static str {
    match kind {
        Kind::String => "string",
        Kind::Boolean => "boolean",
        Kind::Decimal => "decimal",
        Kind::Integer => "integer",
        Kind::DateTime => "dateTime",
        Kind::Binary => "binary",
        Kind::Reference(_) => "reference",
        Kind::Complex(_) => "complex",
    }
}

const fn mutability(mutability: Mutability) -> &'static str {
    match mutability {
        Mutability::ReadOnly => "readOnly",
        Mutability::ReadWrite => "readWrite",
        Mutability::Immutable => "immutable",
        Mutability::WriteOnly => "writeOnly",
    }
}

const fn returned(returned: Returned) -> &'static str {
    match returned {
        Returned::Always => "always",
        Returned::Never => "never",
        Returned::Default => "default",
        Returned::Request => "request",
    }
}

const fn uniqueness(uniqueness: Uniqueness) -> &'static str {
    match uniqueness {
        Uniqueness::None => "none",
        Uniqueness::Server => "server",
        Uniqueness::Global => "global",
    }
}

fn trim(base: &str) -> &str {
    base.trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t158_every_limit_is_there() {
        let config = service_provider_config("https://scim.example/scim/v2/");
        for limit in [
            "/bulk/maxOperations",
            "/bulk/maxPayloadSize",
            "/filter/maxResults",
            "/pagination/maxPageSize",
        ] {
            assert!(config.pointer(limit).is_some_and(Value::is_u64), "{limit}");
        }
        assert_eq!(
            config["meta"]["location"],
            "https://scim.example/scim/v2/ServiceProviderConfig"
        );
    }

    /// Reads a sample of the RFC.
    fn sample(name: &str) -> Value {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/data/rfc/samples");
        serde_json::from_slice(&std::fs::read(format!("{folder}/rfc7643-{name}.json")).unwrap()).unwrap()
    }

    /// Every name in `theirs`, with those of the objects in it, is in `ours` with the same type.
    fn has_all(ours: &Value, theirs: &Value, leave: &[&str]) {
        for (name, theirs) in theirs.as_object().unwrap() {
            if leave.contains(&name.as_str()) {
                continue;
            }
            let ours = &ours[name];
            match theirs {
                Value::Object(_) => has_all(ours, theirs, leave),
                _ => assert_eq!(
                    std::mem::discriminant(ours),
                    std::mem::discriminant(theirs),
                    "{name}"
                ),
            }
        }
    }

    #[test]
    fn the_answers_of_the_rfc() {
        // There is no manual on the web, and discovery does not change: no version, no dates.
        let leave = ["documentationUri", "created", "lastModified", "version"];
        let config = service_provider_config("https://example.com/v2");
        has_all(&config, &sample("8.5-service_provider_configuration"), &leave);
        for (name, file) in [("User", "user"), ("Group", "group")] {
            let ours = resource_type("https://example.com/v2", name).unwrap();
            let theirs = sample(&format!("8.6-resource_type-{file}"));
            has_all(&ours, &theirs, &leave);
            for same in ["schemas", "id", "name", "endpoint", "schema", "meta"] {
                assert_eq!(ours[same], theirs[same], "{name} {same}");
            }
        }
    }

    /// What is answered is what the schema declares, names and types.
    fn fits(attributes: &[Attribute], value: &Value) {
        for (name, value) in value.as_object().unwrap() {
            let Some(attribute) = attributes.iter().find(|attribute| attribute.name == name) else {
                assert!(["schemas", "meta"].contains(&name.as_str()), "{name}");
                continue;
            };
            assert_eq!(value.is_array(), attribute.multi_valued, "{name}");
            for value in value
                .as_array()
                .map_or(std::slice::from_ref(value), Vec::as_slice)
            {
                match attribute.kind {
                    Kind::Complex(subs) => fits(subs, value),
                    Kind::Boolean => assert!(value.is_boolean(), "{name}"),
                    Kind::Integer => assert!(value.is_u64(), "{name}"),
                    _ => assert!(value.is_string(), "{name}"),
                }
            }
        }
        for required in attributes.iter().filter(|attribute| attribute.required) {
            assert!(value.get(required.name).is_some(), "{}", required.name);
        }
    }

    #[test]
    fn the_answers_are_as_their_schemas_say() {
        fits(SERVICE_PROVIDER_CONFIG.attributes, &service_provider_config(""));
        for kind in resource_types("") {
            fits(RESOURCE_TYPE.attributes, &kind);
        }
        // The schema of schemas describes two levels, and has three itself.
        for schema in schemas("").iter().filter(|schema| schema["id"] != SCHEMA.id) {
            fits(SCHEMA.attributes, schema);
        }
    }

    #[test]
    fn resource_types_by_name() {
        let user = resource_type("https://scim.example", "user").unwrap();
        assert_eq!(user["endpoint"], "/Users");
        assert_eq!(user["schemaExtensions"].as_array().unwrap().len(), 2);
        assert_eq!(resource_types("").len(), 2);
        assert_eq!(resource_type("", "Device"), None);
    }

    #[test]
    fn t12_schemas_by_urn() {
        assert_eq!(schemas("").len(), SCHEMAS.len());
        let urn = "URN:IETF:PARAMS:SCIM:SCHEMAS:CORE:2.0:USER";
        assert_eq!(schema("", urn).unwrap()["name"], "User");
        assert_eq!(schema("", "urn:nobody"), None);
    }
}
