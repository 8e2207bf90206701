//! The tables an application starts with, and the attributes it offers as targets.

use serde_json::Map;

use super::{
    Actions, AttributeMapping, CORE_GROUP, ENTERPRISE_USER, Mapping, MappingSource, ObjectMapping, TargetPath,
};

/// An attribute that an application lists among its targets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TargetAttribute {
    /// The path.
    pub path: &'static str,
    /// Whether the application can be asked for a resource by it.
    pub is_filterable: bool,
    /// Whether every resource has to have it.
    pub is_required: bool,
}

const fn plain(path: &'static str) -> TargetAttribute {
    TargetAttribute {
        path,
        is_filterable: false,
        is_required: false,
    }
}

/// What objects are matched by and cannot be without.
const fn key(path: &'static str) -> TargetAttribute {
    TargetAttribute {
        path,
        is_filterable: true,
        is_required: true,
    }
}

macro_rules! enterprise {
    ($name:literal) => {
        concat!(
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:",
            $name
        )
    };
}

macro_rules! kmsat {
    ($name:literal) => {
        concat!(
            "urn:ietf:params:scim:schemas:extension:knowbe4:kmsat:2.0:User:",
            $name
        )
    };
}

/// The user attributes of the KnowBe4 application, those of its 2026 revision at the end.
pub const KNOWBE4_TARGETS: &[TargetAttribute] = &[
    key("userName"),
    plain(enterprise!("manager.value")),
    plain("active"),
    plain("title"),
    plain("name.givenName"),
    plain("name.familyName"),
    plain("externalId"),
    plain("displayName"),
    plain(enterprise!("employeeNumber")),
    plain(enterprise!("department")),
    plain(enterprise!("division")),
    plain(enterprise!("organization")),
    plain(kmsat!("customDate1")),
    plain(kmsat!("customDate2")),
    plain(kmsat!("customField1")),
    plain(kmsat!("customField2")),
    plain(kmsat!("customField3")),
    plain(kmsat!("customField4")),
    plain("addresses[type eq \"work\"].formatted"),
    plain("phoneNumbers[type eq \"work\"].value"),
    plain("phoneNumbers[type eq \"mobile\"].value"),
    plain("userType"),
    plain(kmsat!("outOfOfficeEnd")),
    plain(kmsat!("lastPasswordChangeDateTime")),
    plain(kmsat!("phishingLanguage")),
    plain(kmsat!("trainingLanguage")),
    plain(kmsat!("userRole")),
    plain(kmsat!("hostname")),
    plain(kmsat!("companyName")),
    plain(kmsat!("country")),
    plain(kmsat!("mailNickName")),
    plain(kmsat!("onPremisesSamAccountName")),
    plain(kmsat!("onPremisesSecurityIdentifier")),
    plain(kmsat!("userPrincipalName")),
];

/// The user attributes of a SCIM application that is not in the gallery.
pub const GENERIC_TARGETS: &[TargetAttribute] = &[
    key("userName"),
    plain("active"),
    plain("displayName"),
    plain("title"),
    plain("emails[type eq \"work\"].value"),
    plain("emails[type eq \"home\"].value"),
    plain("emails[type eq \"other\"].Value"),
    plain("preferredLanguage"),
    plain("name.givenName"),
    plain("name.familyName"),
    plain("name.formatted"),
    plain("name.honorificPrefix"),
    plain("name.honorificSuffix"),
    plain("addresses[type eq \"work\"].formatted"),
    plain("addresses[type eq \"work\"].streetAddress"),
    plain("addresses[type eq \"work\"].locality"),
    plain("addresses[type eq \"work\"].region"),
    plain("addresses[type eq \"work\"].postalCode"),
    plain("addresses[type eq \"work\"].country"),
    plain("addresses[type eq \"other\"].Formatted"),
    plain("phoneNumbers[type eq \"work\"].value"),
    plain("phoneNumbers[type eq \"mobile\"].value"),
    plain("phoneNumbers[type eq \"fax\"].value"),
    plain("phoneNumbers[type eq \"home\"].value"),
    plain("externalId"),
    plain("nickName"),
    plain("userType"),
    plain("locale"),
    plain("timezone"),
    plain("roles"),
    plain("roles[primary eq \"True\"].value"),
    plain("roles[primary eq \"True\"].display"),
    plain("roles[primary eq \"True\"].type"),
    plain(enterprise!("employeeNumber")),
    plain(enterprise!("department")),
    plain(enterprise!("division")),
    plain(enterprise!("organization")),
    plain(enterprise!("costCenter")),
    plain(enterprise!("manager")),
];

/// The group attributes of both.
pub const GROUP_TARGETS: &[TargetAttribute] = &[key("displayName"), plain("members"), plain("externalId")];

/// A row: the target, and the source as files write it.
type Row = (&'static str, &'static str);

const ACTIVE: &str = "Switch([IsSoftDeleted], , \"False\", \"True\", \"True\", \"False\")";

/// The first row is the one that objects are matched by.
const KNOWBE4_USERS: &[Row] = &[
    ("userName", "[userPrincipalName]"),
    ("active", ACTIVE),
    ("displayName", "[displayName]"),
    ("title", "[jobTitle]"),
    ("name.givenName", "[givenName]"),
    ("name.familyName", "[surname]"),
    ("externalId", "[mailNickname]"),
    (enterprise!("employeeNumber"), "[employeeId]"),
    (enterprise!("department"), "[department]"),
    (enterprise!("manager.value"), "[manager]"),
    (
        "addresses[type eq \"work\"].formatted",
        "[physicalDeliveryOfficeName]",
    ),
    ("phoneNumbers[type eq \"work\"].value", "[telephoneNumber]"),
    ("phoneNumbers[type eq \"mobile\"].value", "[mobile]"),
];

const GENERIC_USERS: &[Row] = &[
    ("userName", "[userPrincipalName]"),
    ("active", ACTIVE),
    ("displayName", "[displayName]"),
    ("title", "[jobTitle]"),
    ("emails[type eq \"work\"].value", "[mail]"),
    ("preferredLanguage", "[preferredLanguage]"),
    ("name.givenName", "[givenName]"),
    ("name.familyName", "[surname]"),
    ("name.formatted", "Join(\" \", [givenName], [surname])"),
    (
        "addresses[type eq \"work\"].formatted",
        "[physicalDeliveryOfficeName]",
    ),
    ("addresses[type eq \"work\"].streetAddress", "[streetAddress]"),
    ("addresses[type eq \"work\"].locality", "[city]"),
    ("addresses[type eq \"work\"].region", "[state]"),
    ("addresses[type eq \"work\"].postalCode", "[postalCode]"),
    ("addresses[type eq \"work\"].country", "[country]"),
    ("phoneNumbers[type eq \"work\"].value", "[telephoneNumber]"),
    ("phoneNumbers[type eq \"mobile\"].value", "[mobile]"),
    (
        "phoneNumbers[type eq \"fax\"].value",
        "[facsimileTelephoneNumber]",
    ),
    ("externalId", "[mailNickname]"),
    (enterprise!("employeeNumber"), "[employeeId]"),
    (enterprise!("department"), "[department]"),
    (enterprise!("manager"), "[manager]"),
];

const GROUPS: &[Row] = &[
    ("displayName", "[displayName]"),
    ("externalId", "[objectId]"),
    ("members", "[members]"),
];

impl Mapping {
    /// The tables of the KnowBe4 application. Division, organization and the custom fields are
    /// among its targets and not mapped.
    pub fn knowbe4() -> Self {
        let application = "KnowBe4 Security Awareness Training";
        Self {
            users: users(
                &format!("Synchronize Microsoft Entra users to {application}"),
                KNOWBE4_USERS,
            ),
            groups: groups(&format!("Synchronize Microsoft Entra groups to {application}")),
            ..named(application)
        }
    }

    /// The tables of any other SCIM application.
    pub fn generic() -> Self {
        Self {
            users: users("Provision Azure Active Directory Users", GENERIC_USERS),
            groups: groups("Provision Azure Active Directory Groups"),
            ..named("customappsso")
        }
    }
}

fn named(application: &str) -> Mapping {
    Mapping {
        name: "USERGROUP_OUTBOUND_USERGROUP".to_owned(),
        source_directory: "Azure Active Directory".to_owned(),
        target_directory: application.to_owned(),
        users: users("", &[]),
        groups: groups(""),
        rest: Map::new(),
    }
}

fn users(name: &str, rows: &[Row]) -> ObjectMapping {
    table(name, "User", ENTERPRISE_USER, rows)
}

fn groups(name: &str) -> ObjectMapping {
    table(name, "Group", CORE_GROUP, GROUPS)
}

fn table(name: &str, source: &str, target: &str, rows: &[Row]) -> ObjectMapping {
    let mut attributes: Vec<AttributeMapping> = rows.iter().filter_map(row).collect();
    if let Some(first) = attributes.first_mut() {
        first.matching_precedence = Some(1);
    }
    ObjectMapping {
        enabled: true,
        name: name.to_owned(),
        source_object: source.to_owned(),
        target_object: target.to_owned(),
        actions: Actions::default(),
        attributes,
        filters: Vec::new(),
        rest: Map::new(),
    }
}

/// A row of ours always parses; a test counts them.
fn row((target, source): &Row) -> Option<AttributeMapping> {
    let target = TargetPath::parse(target).ok()?;
    Some(AttributeMapping::new(target, MappingSource::parse(source).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mapping::Kind;

    #[test]
    fn every_row_and_every_target_can_be_read() {
        let mapping = Mapping::knowbe4();
        assert_eq!(mapping.users.attributes.len(), KNOWBE4_USERS.len());
        assert_eq!(mapping.groups.attributes.len(), GROUPS.len());
        assert_eq!(Mapping::generic().users.attributes.len(), GENERIC_USERS.len());
        for target in [KNOWBE4_TARGETS, GENERIC_TARGETS, GROUP_TARGETS].concat() {
            assert_eq!(TargetPath::parse(target.path).unwrap().to_string(), target.path);
        }
    }

    #[test]
    fn what_is_mapped_is_among_the_targets() {
        let has = |targets: &[TargetAttribute], mapping: &ObjectMapping| {
            let listed: Vec<&str> = targets.iter().map(|target| target.path).collect();
            for row in &mapping.attributes {
                assert!(
                    listed.contains(&row.target.to_string().as_str()),
                    "{}",
                    row.target
                );
            }
        };
        has(KNOWBE4_TARGETS, &Mapping::knowbe4().users);
        has(GENERIC_TARGETS, &Mapping::generic().users);
        has(GROUP_TARGETS, &Mapping::knowbe4().groups);
    }

    #[test]
    fn targets_have_the_documented_kinds() {
        let kind = |path: &str| TargetPath::parse(path).unwrap().kind();
        let dates = KNOWBE4_TARGETS
            .iter()
            .filter(|target| kind(target.path) == Kind::DateTime);
        assert_eq!(dates.count(), 4);
        assert_eq!(kind("active"), Kind::Boolean);
        assert_eq!(kind(enterprise!("manager.value")), Kind::Reference);
        assert_eq!(kind("members"), Kind::Reference);
        assert_eq!(kind("roles[primary eq \"True\"].value"), Kind::String);
    }
}
