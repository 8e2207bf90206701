//! What a list of users or groups can show in its columns, taken from the schemas' tables.

use scim::schema::{Attribute, Returned};
use scim::schemas::COMMON;
use serde_json::Value;

use super::{Kind, Resource};

/// One attribute that makes a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// The extension it is from; none for the core schema.
    extension: Option<&'static str>,
    /// The schema's name: `User`, `Enterprise User`.
    pub schema: &'static str,
    attribute: &'static Attribute,
    sub: Option<&'static Attribute>,
}

impl Column {
    /// How the console addresses it: `title`, `name.givenName`, `urn:…:User:department`.
    pub fn path(&self) -> String {
        match self.extension {
            None => self.title(),
            Some(urn) => format!("{urn}:{}", self.title()),
        }
    }

    /// What stands above it: the path within its schema.
    pub fn title(&self) -> String {
        match self.sub {
            None => self.attribute.name.to_owned(),
            Some(sub) => format!("{}.{}", self.attribute.name, sub.name),
        }
    }

    /// One sentence about the attribute.
    pub fn description(&self) -> &'static str {
        self.sub.unwrap_or(self.attribute).description
    }

    /// The text in a resource's cell; several values are separated by commas, none is empty.
    pub fn text(&self, resource: &Resource) -> String {
        let attributes = &resource.attributes;
        let found = match self.extension {
            None => attributes.get(self.attribute.name),
            Some(urn) => attributes.get(urn).and_then(|own| own.get(self.attribute.name)),
        };
        let found = match (found, self.sub) {
            (Some(value), Some(sub)) => value.get(sub.name),
            (found, _) => found,
        };
        match found {
            Some(Value::Array(elements)) => {
                let texts: Vec<String> = elements.iter().filter_map(shown).collect();
                texts.join(", ")
            }
            Some(value) => shown(value).unwrap_or_default(),
            None => String::new(),
        }
    }
}

/// Every attribute of a type's schemas that fits into a cell, in the order of the tables.
/// Memberships and what is never returned are left out.
pub fn columns(kind: Kind) -> Vec<Column> {
    let declared = kind.resource_type();
    let external = COMMON.iter().filter(|attribute| attribute.name == "externalId");
    let core = external
        .chain(declared.schema.attributes)
        .map(|attribute| (None, declared.schema.name, attribute));
    let extensions = declared.extensions.iter().flat_map(|schema| {
        let own = schema.attributes.iter();
        own.map(|attribute| (Some(schema.id), schema.name, attribute))
    });
    core.chain(extensions)
        .filter(|(.., attribute)| attribute.returned != Returned::Never)
        .filter(|(.., attribute)| !["groups", "members"].contains(&attribute.name))
        .flat_map(|(extension, schema, attribute)| {
            let column = move |sub| Column {
                extension,
                schema,
                attribute,
                sub,
            };
            let parts: &[Attribute] = if attribute.multi_valued {
                &[]
            } else {
                attribute.sub_attributes()
            };
            let whole = parts.is_empty().then(|| column(None));
            let parts = parts.iter().filter(|sub| !sub.name.starts_with('$'));
            whole.into_iter().chain(parts.map(move |sub| column(Some(sub))))
        })
        .collect()
}

/// A value as text; of an object, what it is known by.
fn shown(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Object(object) => ["value", "formatted", "display"]
            .iter()
            .find_map(|name| object.get(*name))
            .and_then(shown),
        other => Some(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use serde_json::json;

    use super::*;

    fn ada() -> Resource {
        let attributes = json!({
            "userName": "ada@example.com",
            "externalId": "17",
            "name": { "givenName": "Ada" },
            "active": true,
            "emails": [{ "value": "ada@example.com", "type": "work" }, { "value": "a@home.example" }],
            "addresses": [{ "formatted": "1 Main St", "type": "work" }],
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { "department": "Numbers" },
        });
        Resource {
            id: "1".to_owned(),
            created: Timestamp::UNIX_EPOCH,
            modified: Timestamp::UNIX_EPOCH,
            version: 1,
            attributes: attributes.as_object().unwrap().clone(),
        }
    }

    #[test]
    fn a_cell_says_what_the_resource_holds() {
        let ada = ada();
        let text = |title: &str| {
            let column = columns(Kind::User)
                .into_iter()
                .find(|column| column.title() == title);
            column.unwrap().text(&ada)
        };
        assert_eq!(text("externalId"), "17");
        assert_eq!(text("name.givenName"), "Ada");
        assert_eq!(text("name.familyName"), "");
        assert_eq!(text("active"), "true");
        assert_eq!(text("emails"), "ada@example.com, a@home.example");
        assert_eq!(text("addresses"), "1 Main St");
        assert_eq!(text("department"), "Numbers");
    }

    #[test]
    fn columns_are_the_tables_without_secrets_and_memberships() {
        let paths: Vec<String> = columns(Kind::User).iter().map(Column::path).collect();
        assert!(paths.contains(
            &"urn:ietf:params:scim:schemas:extension:knowbe4:kmsat:2.0:User:customField1".to_owned()
        ));
        assert!(paths.contains(
            &"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value".to_owned()
        ));
        for hidden in ["password", "groups", "name"] {
            assert!(!paths.iter().any(|path| path == hidden), "{hidden}");
        }
        let groups: Vec<String> = columns(Kind::Group).iter().map(Column::path).collect();
        assert_eq!(groups, ["externalId", "displayName"]);
    }
}
