//! Contoso: the people of the Microsoft 365 demonstration tenant, for the small demo (source:
//! identity-providers reference §7.1; offices, phones, managers and groups are ours).

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::organisation::{Group, ObjectId, Organisation, Person};

/// Alias, name, department, job title, office, last two digits of the phone, manager's alias. The
/// list names no department and no title for two of them: practice for "default value if null".
type Row = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    u8,
    &'static str,
);

#[rustfmt::skip] // one person or group to a line
const PEOPLE: &[Row] = &[
    ("PattiF", "Patti Fernandez", "Executive Management", "President", "15/1102", 1, ""),
    ("NestorW", "Nestor Wilke", "Operations", "Director", "36/2121", 2, "PattiF"),
    ("MiriamG", "Miriam Graham", "Sales & Marketing", "Director", "131/2103", 3, "PattiF"),
    ("LeeG", "Lee Gu", "Manufacturing", "Director", "23/3101", 4, "NestorW"),
    ("LidiaH", "Lidia Holloway", "Engineering", "Product Manager", "20/2107", 5, "NestorW"),
    ("JohannaL", "Johanna Lorenz", "Engineering", "Senior Engineer", "23/2102", 6, "LidiaH"),
    ("HenriettaM", "Henrietta Mueller", "R&D", "Developer", "18/1106", 7, "LidiaH"),
    ("GradyA", "Grady Archie", "R&D", "Designer", "19/2109", 8, "LidiaH"),
    ("AdeleV", "Adele Vance", "Retail", "Retail Manager", "18/2111", 9, "MiriamG"),
    ("LynneR", "Lynne Robbins", "Retail", "Planner", "20/1104", 10, "AdeleV"),
    ("DiegoS", "Diego Siciliani", "HR", "HR Manager", "14/1108", 11, "NestorW"),
    ("JoniS", "Joni Sherman", "Legal", "Paralegal", "20/1109", 12, "PattiF"),
    ("MeganB", "Megan Bowen", "Marketing", "Marketing Manager", "12/1110", 13, "MiriamG"),
    ("AlexW", "Alex Wilber", "Marketing", "Marketing Assistant", "131/1104", 14, "MeganB"),
    ("IsaiahL", "Isaiah Langer", "Sales", "Sales Rep", "20/1101", 15, "MiriamG"),
    ("PradeepG", "Pradeep Gupta", "Finance", "Accountant", "98/2202", 16, "PattiF"),
    ("AllanD", "Allan Deyoung", "IT", "IT Admin", "24/1106", 17, "NestorW"),
    ("ChristieC", "Christie Cline", "", "", "131/2105", 18, "MiriamG"),
    ("DebraB", "Debra Berger", "", "", "18/2107", 19, "PattiF"),
];

/// A group's name and its members' aliases; `*` means everybody.
#[rustfmt::skip] // one person or group to a line
const GROUPS: &[(&str, &[&str])] = &[
    ("All Employees", &["*"]),
    ("Leadership", &["PattiF", "NestorW", "MiriamG", "LeeG"]),
    ("Engineering", &["LidiaH", "JohannaL", "HenriettaM", "GradyA"]),
    ("Retail", &["AdeleV", "LynneR"]),
    ("Sales and Marketing", &["MiriamG", "MeganB", "AlexW", "IsaiahL", "ChristieC"]),
    ("Operations", &["NestorW", "LeeG", "DiegoS", "AllanD", "PradeepG", "JoniS"]),
    ("Mark 8 Project Team", &["LidiaH", "HenriettaM", "GradyA", "AdeleV", "MeganB", "PradeepG"]),
];

/// Addresses that people had before; each is an alias.
const FORMER: &[(&str, &str)] = &[
    ("AdeleV", "adele.vance@contoso.com"),
    ("MeganB", "megan.winters@contoso.com"),
    ("HenriettaM", "henrietta.mueller@contoso.com"),
];

/// Contoso, every time with the same object ids; all of it stamped `now`. All groups are assigned.
pub fn contoso(now: Timestamp) -> Organisation {
    let people = PEOPLE.iter().enumerate();
    let people: BTreeMap<ObjectId, Person> = people
        .map(|(place, row)| person(place, row, now))
        .map(|person| (person.id.clone(), person))
        .collect();
    let groups: BTreeMap<ObjectId, Group> = GROUPS
        .iter()
        .map(|row| group(row, now))
        .map(|group| (group.id.clone(), group))
        .collect();
    Organisation {
        name: "Contoso".to_owned(),
        assigned: groups.keys().cloned().collect(),
        people,
        groups,
        purged: BTreeMap::new(),
    }
}

fn id(alias: &str) -> ObjectId {
    ObjectId::named("contoso person", alias)
}

fn address(alias: &str) -> String {
    format!("{alias}@contoso.com")
}

fn person(place: usize, row: &Row, now: Timestamp) -> Person {
    let (alias, name, department, title, office, phone, manager) = *row;
    let (given, surname) = name.split_once(' ').unwrap_or((name, ""));
    let attributes = [
        ("userPrincipalName", address(alias)),
        ("mail", address(alias)),
        ("mailNickname", alias.to_owned()),
        ("displayName", name.to_owned()),
        ("givenName", given.to_owned()),
        ("surname", surname.to_owned()),
        ("department", department.to_owned()),
        ("jobTitle", title.to_owned()),
        ("companyName", "Contoso".to_owned()),
        ("employeeId", (10_001 + place).to_string()),
        ("physicalDeliveryOfficeName", office.to_owned()),
        ("telephoneNumber", format!("+1 425 555 01{phone:02}")),
        ("streetAddress", "205 108th Ave. NE, Suite 400".to_owned()),
        ("city", "Bellevue".to_owned()),
        ("state", "WA".to_owned()),
        ("postalCode", "98004".to_owned()),
        ("country", "United States".to_owned()),
        ("usageLocation", "US".to_owned()),
        ("preferredLanguage", "en-US".to_owned()),
        ("userType", "Member".to_owned()),
    ];
    let former = FORMER.iter().filter(|(whose, _)| *whose == alias);
    let aliases = former.map(|(_, address)| format!("smtp:{address}"));
    Person {
        id: id(alias),
        attributes: attributes
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
        proxy_addresses: std::iter::once(format!("SMTP:{}", address(alias)))
            .chain(aliases)
            .collect(),
        account_enabled: true,
        manager: (!manager.is_empty()).then(|| id(manager)),
        deleted: None,
        changed: now,
    }
}

fn group(row: &(&str, &[&str]), now: Timestamp) -> Group {
    let (name, members) = *row;
    let aliases = PEOPLE.iter().map(|row| row.0);
    let members: BTreeSet<ObjectId> = aliases
        .filter(|alias| members.contains(alias) || members.contains(&"*"))
        .map(id)
        .collect();
    Group {
        id: ObjectId::named("contoso group", name),
        display_name: name.to_owned(),
        members,
        changed: now,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_of_the_list_is_there_and_everything_named_exists() {
        let contoso = contoso(Timestamp::UNIX_EPOCH);
        assert_eq!(contoso.people.len(), 19);
        let aliases: BTreeSet<&str> = PEOPLE.iter().map(|row| row.0).collect();
        let managers = PEOPLE
            .iter()
            .map(|row| row.6)
            .filter(|manager| !manager.is_empty());
        let members = GROUPS.iter().flat_map(|row| row.1).copied();
        let former = FORMER.iter().map(|row| row.0);
        for named in managers
            .chain(members.filter(|member| *member != "*"))
            .chain(former)
        {
            assert!(aliases.contains(named), "{named}");
        }
        let phones: BTreeSet<u8> = PEOPLE.iter().map(|row| row.5).collect();
        assert_eq!(phones.len(), PEOPLE.len());
        assert_eq!(contoso.assigned_people().len(), 19);
    }

    #[test]
    fn adele_is_who_the_documentation_says() {
        let contoso = contoso(Timestamp::UNIX_EPOCH);
        let adele = contoso.by_name("adelev@contoso.com").unwrap();
        assert_eq!(
            adele.id,
            super::contoso(Timestamp::MAX)
                .by_name("AdeleV@contoso.com")
                .unwrap()
                .id
        );
        let text = |name| adele.text(name).unwrap();
        assert_eq!(text("physicalDeliveryOfficeName"), "18/2111");
        assert_eq!(text("telephoneNumber"), "+1 425 555 0109");
        assert_eq!((text("givenName"), text("surname")), ("Adele", "Vance"));
        assert_eq!(
            adele.proxy_addresses,
            ["SMTP:AdeleV@contoso.com", "smtp:adele.vance@contoso.com"]
        );
    }

    #[test]
    fn patti_is_above_everybody_else() {
        let contoso = contoso(Timestamp::UNIX_EPOCH);
        for person in contoso.people.values().filter(|person| person.manager.is_some()) {
            let top = contoso.superiors(&person.id).last().unwrap();
            assert_eq!(contoso.people[top].display_name(), "Patti Fernandez");
        }
    }
}
