//! The attributes of a person that hold one text, and what each of them may hold.

use super::{ObjectId, OrganisationError, Person, Result};

/// The single-valued attributes of a person that are edited as text, by Entra's names (source: the
/// default mappings of its generic SCIM application, and the columns of its exports). A person may
/// have others, which came with an import.
pub const ATTRIBUTES: &[&str] = &[
    "userPrincipalName",
    "displayName",
    "givenName",
    "surname",
    "mail",
    "mailNickname",
    "jobTitle",
    "department",
    "companyName",
    "employeeId",
    "employeeType",
    "employeeLeaveDateTime",
    "physicalDeliveryOfficeName",
    "streetAddress",
    "city",
    "state",
    "postalCode",
    "country",
    "usageLocation",
    "telephoneNumber",
    "mobile",
    "facsimileTelephoneNumber",
    "otherMails",
    "preferredLanguage",
    "userType",
    "extensionAttribute1",
    "extensionAttribute2",
    "extensionAttribute3",
    "extensionAttribute4",
    "extensionAttribute5",
    "extensionAttribute6",
    "extensionAttribute7",
    "extensionAttribute8",
    "extensionAttribute9",
    "extensionAttribute10",
    "extensionAttribute11",
    "extensionAttribute12",
    "extensionAttribute13",
    "extensionAttribute14",
    "extensionAttribute15",
];

/// What is an attribute of a person, but no text of its own, and how it is set.
const ELSEWHERE: &[(&str, &str)] = &[
    ("id", "It never changes."),
    ("objectId", "It never changes."),
    ("accountEnabled", "Enable or disable the person instead."),
    ("manager", "Choose the manager instead."),
    ("proxyAddresses", "Edit the list of addresses instead."),
];

/// What nobody is without.
const REQUIRED: &[&str] = &["userPrincipalName", "displayName"];

/// An attribute's name as Entra writes it; one that is not known stays as it is. Fails if the
/// attribute holds something else than a text.
pub(super) fn canonical(name: &str) -> Result<String> {
    if let Some((name, instead)) = ELSEWHERE
        .iter()
        .find(|(other, _)| other.eq_ignore_ascii_case(name))
    {
        return Err(OrganisationError::NotText { name, instead });
    }
    let known = ATTRIBUTES.iter().find(|known| known.eq_ignore_ascii_case(name));
    Ok(known.map_or(name, |known| known).to_owned())
}

/// Fails if the attribute may not hold the value, or may not be without one.
pub(super) fn check(name: &str, value: Option<&str>) -> Result<()> {
    match value {
        None => REQUIRED
            .iter()
            .find(|required| **required == name)
            .map_or(Ok(()), |required| Err(OrganisationError::Required(required))),
        Some(value) if name == "userPrincipalName" && !is_name(value) => {
            Err(OrganisationError::NotAName(value.to_owned()))
        }
        Some(_) => Ok(()),
    }
}

/// Whether somebody could sign in with it: a text on either side of one `@`, and no blank.
pub(crate) fn is_name(text: &str) -> bool {
    let sides = text.split_once('@');
    sides.is_some_and(|(alias, domain)| !alias.is_empty() && !domain.is_empty() && !domain.contains('@'))
        && !text
            .chars()
            .any(|letter| letter.is_whitespace() || letter.is_control())
}

/// The address in an entry of `proxyAddresses`, and whether it is the main one; `None` if it is no
/// entry for mail.
pub(crate) fn proxy_address(entry: &str) -> Option<(&str, bool)> {
    let (scheme, address) = entry.split_once(':')?;
    (scheme.eq_ignore_ascii_case("smtp") && is_name(address)).then_some((address, scheme == "SMTP"))
}

/// Fails unless each entry is an address for mail, and at most one of them the main one.
pub(super) fn check_addresses(entries: &[String]) -> Result<()> {
    let mut main: Option<&str> = None;
    for entry in entries {
        let Some((address, is_main)) = proxy_address(entry) else {
            return Err(OrganisationError::NotAnAddress(entry.clone()));
        };
        if let Some(first) = main.filter(|_| is_main) {
            return Err(OrganisationError::TwoMainAddresses {
                first: first.to_owned(),
                second: address.to_owned(),
            });
        }
        main = main.or(is_main.then_some(address));
    }
    Ok(())
}

impl Person {
    /// The value of a single-valued attribute, by Entra's own spelling.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    /// What the person signs in with; empty only in what was damaged.
    pub fn user_principal_name(&self) -> &str {
        self.text("userPrincipalName").unwrap_or_default()
    }

    /// What the person is called in sentences: the display name, or else the sign-in name.
    pub fn display_name(&self) -> &str {
        self.text("displayName")
            .unwrap_or_else(|| self.user_principal_name())
    }

    /// Whether the person is not in the recycle bin.
    pub fn is_present(&self) -> bool {
        self.deleted.is_none()
    }
}

impl ObjectId {
    /// An id by chance.
    pub fn random() -> Self {
        Self::by(&mut fastrand::Rng::new())
    }

    /// The next id of this chance.
    pub(crate) fn by(chance: &mut fastrand::Rng) -> Self {
        let bytes = chance.u128(..).to_be_bytes();
        Self::of(&uuid::Builder::from_random_bytes(bytes).into_uuid())
    }

    /// Always the same id for the same name, so that what is imported again is nobody new.
    pub(crate) fn named(kind: &str, name: &str) -> Self {
        use sha2::{Digest, Sha256};
        let hash = Sha256::new()
            .chain_update(kind)
            .chain_update([0])
            .chain_update(name.to_lowercase())
            .finalize();
        let mut bytes = [0; 16];
        for (byte, hashed) in bytes.iter_mut().zip(hash.iter()) {
            *byte = *hashed;
        }
        Self::of(&uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }

    pub(crate) fn of(uuid: &uuid::Uuid) -> Self {
        Self(uuid.hyphenated().to_string())
    }
}

impl std::fmt::Display for ObjectId {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_at_sign_and_no_blanks() {
        for good in [
            "adelev@contoso.com",
            "mara_fabrikam.example#EXT#@contoso.com",
            "é@ü",
        ] {
            assert!(is_name(good), "{good}");
        }
        for bad in ["", "adelev", "@contoso.com", "adelev@", "a@b@c", "a b@c", "a@c\n"] {
            assert!(!is_name(bad), "{bad:?}");
        }
    }

    #[test]
    fn names_are_written_as_entra_writes_them() {
        assert_eq!(canonical("JOBTITLE").unwrap(), "jobTitle");
        assert_eq!(canonical("shoeSize").unwrap(), "shoeSize");
        let refused = canonical("AccountEnabled").unwrap_err().to_string();
        assert_eq!(
            refused,
            "accountEnabled is no text that can be edited. Enable or disable the person instead."
        );
    }

    #[test]
    fn ids_by_name_are_uuids_and_do_not_change() {
        let id = ObjectId::named("person", "AdeleV@contoso.com");
        assert_eq!(id, ObjectId::named("person", "adelev@CONTOSO.com"));
        assert_ne!(id, ObjectId::named("group", "adelev@contoso.com"));
        assert!(uuid::Uuid::parse_str(&id.0).is_ok(), "{id}");
        assert_ne!(ObjectId::random(), ObjectId::random());
    }
}
