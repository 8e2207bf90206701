//! The entries of an LDIF file as people and groups. Attributes have Active Directory's names; what
//! OpenLDAP writes (`inetOrgPerson`, `groupOfNames`) is read as well.

use jiff::Timestamp;

use super::cells::set;
use super::columns::{Field, ldif_field};
use super::ldif::{Line, entries};
use super::{Draft, Found, GroupDraft, ImportError, dn};

/// Classes of people and of groups.
const PEOPLE: &[&str] = &["user", "person", "inetorgperson", "organizationalperson"];
const GROUPS: &[&str] = &["group", "groupofnames", "groupofuniquenames"];
/// Classes of things that are people by their other classes.
const NEITHER: &[&str] = &[
    "computer",
    "contact",
    "msds-groupmanagedserviceaccount",
    "msds-managedserviceaccount",
];
/// Attributes of a group that name a member.
const MEMBERS: &[&str] = &["member", "uniquemember"];

/// Reads all entries.
pub(super) fn read(text: &str, found: &mut Found) {
    for entry in entries(text) {
        let goes_on = match entry.and_then(|entry| take(&entry, found)) {
            Ok(goes_on) => goes_on,
            Err(error) => found.wrong(error),
        };
        if !goes_on {
            break;
        }
    }
}

/// Takes one entry; returns false when no more are to be read.
fn take(entry: &[Line], found: &mut Found) -> Result<bool, ImportError> {
    // `version: 1` may stand right above the first entry; ldapsearch closes with `search: 2`.
    let entry = match entry {
        [version, rest @ ..] if version.attribute == "version" => rest,
        all => all,
    };
    let Some(first) = entry
        .first()
        .filter(|first| !["search", "ref"].contains(&first.attribute.as_str()))
    else {
        return Ok(true);
    };
    if first.attribute != "dn" {
        let sentence = "An entry begins with dn:. Export the file again.";
        return Err(ImportError::new(first.number, sentence));
    }
    if let Some(line) = entry
        .iter()
        .find(|line| line.attribute == "changetype" && line.value != b"add")
    {
        let sentence =
            "This is a list of changes. Export the entries themselves, with ldifde -f or ldapsearch.";
        return Err(ImportError::new(line.number, sentence));
    }
    if !found.has_room(first.number) {
        return Ok(false);
    }
    let classes: Vec<String> = values(entry, &["objectclass"])
        .map(|(_, class)| class.to_lowercase())
        .collect();
    let is_any = |of: &[&str]| classes.iter().any(|class| of.contains(&class.as_str()));
    if is_any(GROUPS) {
        let group = group(entry, found);
        found.groups.extend(group);
    } else if is_any(PEOPLE) && !is_any(NEITHER) {
        let person = person(entry, found)?;
        found.people.push(person);
    } else {
        found.warnings.line(
            first.number,
            "An entry that is neither a person nor a group was left out.",
        );
    }
    Ok(true)
}

/// The values of some attributes that are text and not empty.
fn values<'a>(entry: &'a [Line], of: &'a [&str]) -> impl Iterator<Item = (&'a Line, &'a str)> {
    entry
        .iter()
        .filter(|line| of.contains(&line.attribute.as_str()))
        .filter_map(|line| Some((line, line.text()?)))
        .filter(|(_, text)| !text.is_empty())
}

fn first<'a>(entry: &'a [Line], of: &str) -> Option<&'a str> {
    let mut lines = entry.iter().filter(|line| line.attribute == of);
    lines.find_map(|line| line.text().filter(|text| !text.is_empty()))
}

/// The bytes of Active Directory's `objectGUID`, or the text of OpenLDAP's `entryUUID`.
fn object_id(entry: &[Line]) -> Option<uuid::Uuid> {
    let guid = entry.iter().find(|line| line.attribute == "objectguid");
    let bytes = guid.and_then(|line| uuid::Uuid::from_slice_le(&line.value).ok());
    let text = guid.and_then(Line::text).or_else(|| first(entry, "entryuuid"));
    bytes.or_else(|| uuid::Uuid::parse_str(text?).ok())
}

fn person(entry: &[Line], found: &mut Found) -> Result<Draft, ImportError> {
    let line = entry.first().map_or(1, |first| first.number);
    let mut draft = Draft {
        line,
        id: object_id(entry),
        may_be_nameless: true,
        ..Draft::default()
    };
    for each in entry {
        let Some(field) = ldif_field(&each.attribute).filter(|field| *field != Field::Id) else {
            continue;
        };
        if each.is_elsewhere {
            found
                .warnings
                .line(each.number, "A value that is in another file (:<) was not read.");
            continue;
        }
        let Some(value) = each.text().filter(|value| !value.is_empty()) else {
            continue;
        };
        match field {
            // One to a line here, so that nothing is to be taken apart.
            Field::Addresses => draft.addresses.push(value.to_owned()),
            Field::Groups => draft.groups.push(value.to_owned()),
            // No time is read from LDIF.
            _ => set(
                &mut draft,
                &field,
                value,
                Timestamp::UNIX_EPOCH,
                &mut found.warnings,
            )
            .map_err(|sentence| ImportError::new(each.number, sentence))?,
        }
    }
    Ok(draft)
}

fn group(entry: &[Line], found: &mut Found) -> Option<GroupDraft> {
    let (head, dn) = values(entry, &["dn"]).next()?;
    let name = first(entry, "displayname")
        .or_else(|| first(entry, "cn"))
        .map_or_else(|| dn::first_value(dn), str::to_owned);
    let mut members = Vec::new();
    for (line, member) in values(entry, MEMBERS) {
        if line.is_part {
            found.warnings.line(
                line.number,
                "Only some members of a large group are in the file (range=). Export memberOf of the people as well.",
            );
        }
        members.push(dn::plain(member));
    }
    Some(GroupDraft {
        line: head.number,
        id: object_id(entry),
        dn: dn::plain(dn),
        name,
        members,
    })
}
