//! Which kind of table the headings belong to, and what each column sets (source: identity-providers
//! reference §7.2 for the headings, §7.3 for what they become).

use super::Kind;
use crate::organisation::ATTRIBUTES;

/// What a column sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Field {
    /// An attribute by Entra's name.
    Text(String),
    /// The object id.
    Id,
    /// The distinguished name.
    Dn,
    /// Whether the person may sign in: yes or no.
    Enabled,
    /// The same the other way round.
    Blocked,
    /// A word such as Active or Suspended.
    Status,
    /// Active Directory's flags.
    AccountControl,
    /// Names the manager; the first column that does counts.
    Manager,
    /// Entries of `proxyAddresses`.
    Addresses,
    /// Other addresses, without a scheme.
    Aliases,
    /// Groups.
    Groups,
    /// `objectClass`.
    Class,
    /// Since when the person is in the recycle bin.
    Deleted,
    /// For the mailNickname, if there is none.
    AccountName,
    /// For the display name, if there is none.
    CommonName,
    /// `userPrincipalName` and `mail` at once.
    Address,
    /// Never read.
    Password,
    /// Of no use here.
    Nothing,
}

/// The columns of a table.
pub(super) struct Columns {
    pub(super) kind: Kind,
    /// One for each heading.
    pub(super) fields: Vec<Field>,
    /// Headings that nothing is known of.
    pub(super) unknown: Vec<String>,
    pub(super) has_password: bool,
}

/// Plain heading and what it sets; `=name` is an attribute.
type Table = &'static [(&'static str, Known)];

/// As [`Field`], in a table.
#[derive(Clone, Copy)]
enum Known {
    Text(&'static str),
    Is(&'static Field),
}

use Known::{Is, Text};

/// What Active Directory calls it, in CSV and LDIF.
const ACTIVE_DIRECTORY: Table = &[
    ("distinguishedname", Is(&Field::Dn)),
    ("dn", Is(&Field::Dn)),
    ("objectguid", Is(&Field::Id)),
    ("objectclass", Is(&Field::Class)),
    ("enabled", Is(&Field::Enabled)),
    ("useraccountcontrol", Is(&Field::AccountControl)),
    ("manager", Is(&Field::Manager)),
    ("memberof", Is(&Field::Groups)),
    ("proxyaddresses", Is(&Field::Addresses)),
    ("samaccountname", Is(&Field::AccountName)),
    ("uid", Is(&Field::AccountName)),
    ("name", Is(&Field::CommonName)),
    ("cn", Is(&Field::CommonName)),
    ("emailaddress", Text("mail")),
    ("sn", Text("surname")),
    ("title", Text("jobTitle")),
    ("company", Text("companyName")),
    ("l", Text("city")),
    ("st", Text("state")),
    ("street", Text("streetAddress")),
    ("co", Text("country")),
    ("c", Text("usageLocation")),
    ("office", Text("physicalDeliveryOfficeName")),
    ("officephone", Text("telephoneNumber")),
    ("mobilephone", Text("mobile")),
    ("fax", Text("facsimileTelephoneNumber")),
    ("unicodepwd", Is(&Field::Password)),
    ("userpassword", Is(&Field::Password)),
    ("sid", Is(&Field::Nothing)),
    ("objectsid", Is(&Field::Nothing)),
];

const ENTRA_TEMPLATE: Table = &[
    ("accountenabled", Is(&Field::Blocked)),
    ("passwordprofile", Is(&Field::Password)),
];

const ENTRA_DOWNLOAD: Table = &[
    ("objectid", Is(&Field::Id)),
    ("id", Is(&Field::Id)),
    ("accountenabled", Is(&Field::Enabled)),
    ("alternateemailaddress", Text("otherMails")),
    ("proxyaddresses", Is(&Field::Addresses)),
    ("manager", Is(&Field::Manager)),
];

const MICROSOFT_365: Table = &[
    ("blockcredential", Is(&Field::Blocked)),
    ("countryregion", Text("country")),
    ("firstname", Text("givenName")),
    ("lastname", Text("surname")),
    ("fax", Text("facsimileTelephoneNumber")),
    ("mobilephone", Text("mobile")),
    ("objectid", Is(&Field::Id)),
    ("office", Text("physicalDeliveryOfficeName")),
    ("phonenumber", Text("telephoneNumber")),
    ("proxyaddresses", Is(&Field::Addresses)),
    ("softdeletiontimestamp", Is(&Field::Deleted)),
    ("title", Text("jobTitle")),
];

const GOOGLE: Table = &[
    ("firstname", Text("givenName")),
    ("lastname", Text("surname")),
    ("emailaddress", Is(&Field::Address)),
    ("password", Is(&Field::Password)),
    ("status", Is(&Field::Status)),
    ("homesecondaryemail", Is(&Field::Aliases)),
    ("worksecondaryemail", Is(&Field::Aliases)),
    ("workphone", Text("telephoneNumber")),
    ("mobilephone", Text("mobile")),
    ("workaddress", Text("streetAddress")),
    ("employeeid", Text("employeeId")),
    ("employeetype", Text("employeeType")),
    ("employeetitle", Text("jobTitle")),
    ("manageremail", Is(&Field::Manager)),
    ("department", Text("department")),
    ("costcenter", Text("costCenter")),
    ("buildingid", Text("physicalDeliveryOfficeName")),
];

const OKTA: Table = &[
    ("login", Text("userPrincipalName")),
    ("firstname", Text("givenName")),
    ("lastname", Text("surname")),
    ("email", Text("mail")),
    ("title", Text("jobTitle")),
    ("secondemail", Is(&Field::Aliases)),
    ("mobilephone", Text("mobile")),
    ("primaryphone", Text("telephoneNumber")),
    ("zipcode", Text("postalCode")),
    ("countrycode", Text("usageLocation")),
    ("usertype", Text("employeeType")),
    ("employeenumber", Text("employeeId")),
    ("organization", Text("companyName")),
    ("costcenter", Text("costCenter")),
    ("division", Text("division")),
    ("managerid", Is(&Field::Manager)),
    ("manager", Is(&Field::Manager)),
    ("status", Is(&Field::Status)),
    ("password", Is(&Field::Password)),
];

const CONSOLE: Table = &[
    ("email", Is(&Field::Address)),
    ("emailaddress", Is(&Field::Address)),
    ("firstname", Text("givenName")),
    ("lastname", Text("surname")),
    ("phone", Text("telephoneNumber")),
    ("phonenumber", Text("telephoneNumber")),
    ("mobilephone", Text("mobile")),
    ("mobilephonenumber", Text("mobile")),
    ("employeenumber", Text("employeeId")),
    ("location", Text("physicalDeliveryOfficeName")),
    ("organization", Text("companyName")),
    ("division", Text("division")),
    ("manageremail", Is(&Field::Manager)),
    ("managername", Is(&Field::Manager)),
    ("customfield1", Text("extensionAttribute1")),
    ("customfield2", Text("extensionAttribute2")),
    ("customfield3", Text("extensionAttribute3")),
    ("customfield4", Text("extensionAttribute4")),
    ("aliases", Is(&Field::Aliases)),
    ("group", Is(&Field::Groups)),
    ("groups", Is(&Field::Groups)),
    ("state", Is(&Field::Status)),
    ("status", Is(&Field::Status)),
    ("password", Is(&Field::Password)),
    // The address is what people sign in with here.
    ("userprincipalname", Is(&Field::Nothing)),
];

/// What the headings are; `None` if nothing fits. `is_ad` says that the file itself says so.
pub(super) fn columns(headings: &[String], is_ad: bool) -> Option<Columns> {
    let kind = if is_ad {
        Kind::ActiveDirectory
    } else {
        kind(headings)?
    };
    let mut columns = Columns {
        kind,
        fields: Vec::new(),
        unknown: Vec::new(),
        has_password: false,
    };
    for heading in headings {
        let field = field(kind, heading);
        columns.has_password |= field == Some(Field::Password);
        columns.fields.push(field.unwrap_or_else(|| {
            columns.unknown.push(heading.clone());
            Field::Nothing
        }));
    }
    columns.unknown.retain(|heading| !heading.is_empty());
    Some(columns)
}

fn kind(headings: &[String]) -> Option<Kind> {
    let plain: Vec<String> = headings.iter().map(|heading| plain_heading(heading)).collect();
    let has = |names: &[&str]| plain.iter().any(|heading| names.contains(&heading.as_str()));
    let bracketed = |name: &str| {
        headings
            .iter()
            .any(|heading| bracket(heading).is_some_and(|note| note.eq_ignore_ascii_case(name)))
    };
    if bracketed("userPrincipalName") {
        Some(Kind::EntraTemplate)
    } else if has(&["samaccountname", "distinguishedname", "objectguid"]) {
        Some(Kind::ActiveDirectory)
    } else if has(&["login"]) {
        Some(Kind::Okta)
    } else if has(&["emailaddress"]) && (bracketed("Required") || has(&["orgunitpath"])) {
        Some(Kind::Google)
    } else if has(&["email", "emailaddress"]) {
        Some(Kind::Console)
    } else if headings
        .iter()
        .any(|heading| heading.eq_ignore_ascii_case("user principal name"))
    {
        Some(Kind::Microsoft365)
    } else if has(&["userprincipalname"]) {
        Some(Kind::EntraDownload)
    } else {
        None
    }
}

/// What a heading sets; `None` if nothing is known of it. Okta's own attributes come last in its
/// table, under any heading, and keep their names.
fn field(kind: Kind, heading: &str) -> Option<Field> {
    let plain = match kind {
        Kind::EntraTemplate => plain_heading(bracket(heading)?),
        _ => plain_heading(heading),
    };
    let known = table(kind).iter().find(|(name, _)| *name == plain);
    if let Some((_, known)) = known {
        return Some(match known {
            Text(name) => Field::Text((*name).to_owned()),
            Is(field) => (*field).clone(),
        });
    }
    if let Some(name) = ATTRIBUTES.iter().find(|name| name.to_lowercase() == plain) {
        return Some(Field::Text((*name).to_owned()));
    }
    (kind == Kind::Okta && !plain.is_empty()).then(|| Field::Text(heading.to_owned()))
}

fn table(kind: Kind) -> Table {
    match kind {
        Kind::EntraTemplate => ENTRA_TEMPLATE,
        Kind::EntraDownload => ENTRA_DOWNLOAD,
        Kind::Microsoft365 => MICROSOFT_365,
        Kind::Google => GOOGLE,
        Kind::Okta => OKTA,
        Kind::ActiveDirectory | Kind::Ldif => ACTIVE_DIRECTORY,
        Kind::Console => CONSOLE,
    }
}

/// What an attribute of an LDIF entry sets.
pub(super) fn ldif_field(attribute: &str) -> Option<Field> {
    field(Kind::Ldif, attribute)
}

/// A heading's letters and digits, small, without what stands in brackets.
fn plain_heading(heading: &str) -> String {
    let before = heading.split('[').next().unwrap_or_default();
    before
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// What stands in brackets.
fn bracket(heading: &str) -> Option<&str> {
    let (_, rest) = heading.split_once('[')?;
    rest.split_once(']').map(|(note, _)| note.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_attribute_of_the_tables_is_written_as_entra_writes_it() {
        for kind in Kind::ALL {
            for (heading, known) in table(kind) {
                assert_eq!(*heading, plain_heading(heading), "{heading} is found");
                if let Text(name) = known {
                    let extra = ["costCenter", "division"].contains(name);
                    assert!(extra || ATTRIBUTES.contains(name), "{name}");
                }
            }
        }
    }
}
