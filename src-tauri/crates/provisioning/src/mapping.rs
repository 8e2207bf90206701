//! Which SCIM attribute feeds which field of an account. One table; the plan, the reports, the
//! exports and the window read it, nobody repeats it.
//!
//! The attributes are those of the KnowBe4 application in Entra, its 2026 revision included.

use std::collections::BTreeMap;

use scim::resource::Object;
use serde_json::Value;

/// The URN of the Enterprise User extension.
const ENTERPRISE: &str = scim::schemas::ENTERPRISE_URN;
/// The URN of the KnowBe4 extension.
const KMSAT: &str = scim::schemas::KMSAT_URN;

/// Where a field's value is found in a SCIM user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    /// An attribute of the core schema.
    Core(&'static str),
    /// A sub-attribute of the core schema.
    Sub(&'static str, &'static str),
    /// A sub-attribute of the element of this type in a multi-valued attribute.
    Typed(&'static str, &'static str, &'static str),
    /// An attribute of an extension.
    Extension(&'static str, &'static str),
    /// Found through `manager.value`; see [`crate::plan`].
    Manager,
}

/// One field of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its name in stored records, exports and CSV headings.
    pub key: &'static str,
    /// What people call it.
    pub label: &'static str,
    /// The SCIM attribute, for people: `enterprise:department`.
    pub path: &'static str,
    source: Source,
}

/// The key of the field that holds the manager's address.
pub const MANAGER_EMAIL: &str = "managerEmail";
/// The key of the field that holds the manager's name.
pub const MANAGER_NAME: &str = "managerName";

/// What makes an account the one it is. The plan treats each of them in its own way, so they are
/// no [`FIELDS`].
pub const IDENTITY: &[MappingRow] = &[
    MappingRow {
        path: "userName",
        label: "E-mail address",
        key: "email",
    },
    MappingRow {
        path: "active",
        label: "State",
        key: "state",
    },
    MappingRow {
        path: "id",
        label: "Directory user",
        key: "link",
    },
];

/// Every field, in the order of the page. The address itself is not here: it is the account's
/// identity, fed by `userName`.
pub const FIELDS: &[Field] = &[
    field(
        "firstName",
        "First name",
        "name.givenName",
        Source::Sub("name", "givenName"),
    ),
    field(
        "lastName",
        "Last name",
        "name.familyName",
        Source::Sub("name", "familyName"),
    ),
    field(
        "displayName",
        "Display name",
        "displayName",
        Source::Core("displayName"),
    ),
    field("jobTitle", "Job title", "title", Source::Core("title")),
    field(
        "employeeNumber",
        "Employee number",
        "enterprise:employeeNumber",
        Source::Extension(ENTERPRISE, "employeeNumber"),
    ),
    field(
        "department",
        "Department",
        "enterprise:department",
        Source::Extension(ENTERPRISE, "department"),
    ),
    field(
        "division",
        "Division",
        "enterprise:division",
        Source::Extension(ENTERPRISE, "division"),
    ),
    field(
        "organization",
        "Organization",
        "enterprise:organization",
        Source::Extension(ENTERPRISE, "organization"),
    ),
    field(
        MANAGER_EMAIL,
        "Manager e-mail",
        "enterprise:manager.value",
        Source::Manager,
    ),
    field(
        MANAGER_NAME,
        "Manager name",
        "enterprise:manager.value",
        Source::Manager,
    ),
    field(
        "phone",
        "Phone",
        "phoneNumbers[work].value",
        Source::Typed("phoneNumbers", "work", "value"),
    ),
    field(
        "mobilePhone",
        "Mobile phone",
        "phoneNumbers[mobile].value",
        Source::Typed("phoneNumbers", "mobile", "value"),
    ),
    field(
        "location",
        "Location",
        "addresses[work].formatted",
        Source::Typed("addresses", "work", "formatted"),
    ),
    field(
        "externalId",
        "External id",
        "externalId",
        Source::Core("externalId"),
    ),
    field("userType", "User type", "userType", Source::Core("userType")),
    field(
        "customField1",
        "Custom field 1",
        "kmsat:customField1",
        Source::Extension(KMSAT, "customField1"),
    ),
    field(
        "customField2",
        "Custom field 2",
        "kmsat:customField2",
        Source::Extension(KMSAT, "customField2"),
    ),
    field(
        "customField3",
        "Custom field 3",
        "kmsat:customField3",
        Source::Extension(KMSAT, "customField3"),
    ),
    field(
        "customField4",
        "Custom field 4",
        "kmsat:customField4",
        Source::Extension(KMSAT, "customField4"),
    ),
    field(
        "customDate1",
        "Custom date 1",
        "kmsat:customDate1",
        Source::Extension(KMSAT, "customDate1"),
    ),
    field(
        "customDate2",
        "Custom date 2",
        "kmsat:customDate2",
        Source::Extension(KMSAT, "customDate2"),
    ),
    field(
        "phishingLanguage",
        "Phishing language",
        "kmsat:phishingLanguage",
        Source::Extension(KMSAT, "phishingLanguage"),
    ),
    field(
        "trainingLanguage",
        "Training language",
        "kmsat:trainingLanguage",
        Source::Extension(KMSAT, "trainingLanguage"),
    ),
    field(
        "userRole",
        "User role",
        "kmsat:userRole",
        Source::Extension(KMSAT, "userRole"),
    ),
    field(
        "companyName",
        "Company",
        "kmsat:companyName",
        Source::Extension(KMSAT, "companyName"),
    ),
    field(
        "country",
        "Country",
        "kmsat:country",
        Source::Extension(KMSAT, "country"),
    ),
    field(
        "hostname",
        "Host name",
        "kmsat:hostname",
        Source::Extension(KMSAT, "hostname"),
    ),
    field(
        "mailNickName",
        "Mail nickname",
        "kmsat:mailNickName",
        Source::Extension(KMSAT, "mailNickName"),
    ),
    field(
        "samAccountName",
        "SAM account name",
        "kmsat:onPremisesSamAccountName",
        Source::Extension(KMSAT, "onPremisesSamAccountName"),
    ),
    field(
        "securityIdentifier",
        "Security identifier",
        "kmsat:onPremisesSecurityIdentifier",
        Source::Extension(KMSAT, "onPremisesSecurityIdentifier"),
    ),
    field(
        "userPrincipalName",
        "User principal name",
        "kmsat:userPrincipalName",
        Source::Extension(KMSAT, "userPrincipalName"),
    ),
    field(
        "outOfOfficeEnd",
        "Out of office until",
        "kmsat:outOfOfficeEnd",
        Source::Extension(KMSAT, "outOfOfficeEnd"),
    ),
    field(
        "lastPasswordChange",
        "Last password change",
        "kmsat:lastPasswordChangeDateTime",
        Source::Extension(KMSAT, "lastPasswordChangeDateTime"),
    ),
];

const fn field(key: &'static str, label: &'static str, path: &'static str, source: Source) -> Field {
    Field {
        key,
        label,
        path,
        source,
    }
}

/// One line of the mapping, for whoever shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MappingRow {
    /// The SCIM attribute.
    pub path: &'static str,
    /// What people call the field of the account.
    pub label: &'static str,
    /// Its name in exports and CSV headings.
    pub key: &'static str,
}

/// The whole mapping: what makes an account the one it is, then its fields.
pub fn rows() -> Vec<MappingRow> {
    let fields = FIELDS.iter().map(|field| MappingRow {
        path: field.path,
        label: field.label,
        key: field.key,
    });
    IDENTITY.iter().copied().chain(fields).collect()
}

/// What feeds the part of an account called `key`.
pub fn by_key(key: &str) -> Option<MappingRow> {
    let field = |field: &Field| MappingRow {
        path: field.path,
        label: field.label,
        key: field.key,
    };
    let identity = IDENTITY.iter().copied().find(|row| row.key == key);
    identity.or_else(|| FIELDS.iter().find(|one| one.key == key).map(field))
}

/// The fields of an account that a SCIM user feeds by itself; the two about the manager need
/// the rest of the directory and are added by the plan. Absent and blank values are left out.
pub fn fields_of(user: &Object) -> BTreeMap<String, String> {
    FIELDS
        .iter()
        .filter_map(|field| Some((field.key.to_owned(), field.source.read(user)?)))
        .collect()
}

/// The SCIM id of a user's manager.
pub fn manager_of(user: &Object) -> Option<String> {
    let manager = user.get(ENTERPRISE)?.get("manager")?;
    text(manager.get("value")?)
}

/// What people call the field that the attribute at this flattened path feeds, if any.
pub fn fed_by(path: &str) -> Option<&'static str> {
    let is_it = |row: &MappingRow| row.path == path && path != "id";
    rows().into_iter().find(is_it).map(|row| row.label)
}

impl Source {
    fn read(self, user: &Object) -> Option<String> {
        match self {
            Self::Core(name) => text(user.get(name)?),
            Self::Sub(name, sub) => text(user.get(name)?.get(sub)?),
            Self::Typed(name, kind, sub) => {
                let element = user
                    .get(name)?
                    .as_array()?
                    .iter()
                    .find(|element| is_of_type(element, kind))?;
                text(element.get(sub)?)
            }
            Self::Extension(urn, name) => text(user.get(urn)?.get(name)?),
            Self::Manager => None,
        }
    }
}

fn is_of_type(element: &Value, kind: &str) -> bool {
    element
        .get("type")
        .and_then(Value::as_str)
        .is_some_and(|found| found.eq_ignore_ascii_case(kind))
}

/// A value as an account field holds it; blank is the same as absent.
fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_attribute_of_the_table_arrives_in_its_field() {
        let user = json!({
            "userName": "adelev@contoso.com", "displayName": "Adele Vance", "title": "Retail Manager", "userType": "Employee",
            "name": {"givenName": "Adele", "familyName": "Vance"},
            "phoneNumbers": [{"type": "mobile", "value": "+1 2"}, {"type": "Work", "value": "+1 425 555 0109"}],
            "addresses": [{"type": "work", "formatted": "18/2111"}],
            ENTERPRISE: {"employeeNumber": "10001", "department": "Retail", "division": " ", "manager": {"value": "m1"}},
            KMSAT: {"customField1": "Store 18", "customDate1": "2026-04-04T04:23:30Z"}
        });
        let user = user.as_object().unwrap();
        let fields = fields_of(user);
        let expected = [
            ("companyName", None),
            ("customDate1", Some("2026-04-04T04:23:30Z")),
            ("customField1", Some("Store 18")),
            ("department", Some("Retail")),
            ("division", None),
            ("displayName", Some("Adele Vance")),
            ("employeeNumber", Some("10001")),
            ("firstName", Some("Adele")),
            ("jobTitle", Some("Retail Manager")),
            ("lastName", Some("Vance")),
            ("location", Some("18/2111")),
            ("mobilePhone", Some("+1 2")),
            ("phone", Some("+1 425 555 0109")),
            ("userType", Some("Employee")),
            (MANAGER_EMAIL, None),
        ];
        for (key, value) in expected {
            assert_eq!(fields.get(key).map(String::as_str), value, "{key}");
        }
        assert_eq!(manager_of(user).as_deref(), Some("m1"));
        assert_eq!(fed_by("enterprise:department"), Some("Department"));
        assert_eq!(fed_by("nickName"), None);
    }

    /// The KnowBe4 application's attributes in Entra: the tutorial's table, then the revision of
    /// 2026. `manager.value` feeds two fields.
    #[test]
    fn every_attribute_of_the_tutorial_and_of_the_revision_is_in_the_mapping() {
        let core = "userName active title name.givenName name.familyName externalId displayName \
            addresses[work].formatted phoneNumbers[work].value phoneNumbers[mobile].value userType";
        let enterprise = "manager.value employeeNumber department division organization";
        let kmsat = "customDate1 customDate2 customField1 customField2 customField3 customField4 \
            outOfOfficeEnd lastPasswordChangeDateTime phishingLanguage trainingLanguage userRole hostname \
            companyName country mailNickName onPremisesSamAccountName onPremisesSecurityIdentifier \
            userPrincipalName";
        let named = |prefix: &'static str, names: &'static str| {
            names
                .split_whitespace()
                .map(move |name| format!("{prefix}{name}"))
        };
        let mut wanted: Vec<String> = named("", core)
            .chain(named("enterprise:", enterprise))
            .chain(named("kmsat:", kmsat))
            .collect();
        let mut there: Vec<String> = rows()
            .iter()
            .map(|row| row.path.to_owned())
            .filter(|path| path != "id")
            .collect();
        wanted.sort();
        there.sort();
        there.dedup();
        assert_eq!(there, wanted);
        let mut keys: Vec<&str> = rows().iter().map(|row| row.key).collect();
        keys.sort_unstable();
        let all = keys.len();
        keys.dedup();
        assert_eq!(keys.len(), all, "each field is fed once");
    }
}
