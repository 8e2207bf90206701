//! People for the positions: names, addresses, offices, phones.

use std::collections::{BTreeMap, HashMap};

use jiff::{SignedDuration, Timestamp};

use super::positions::Position;
use super::words::{Language, Name, Office, WORDS, address_of};
use super::{Options, pick};
use crate::organisation::{ObjectId, Person};

/// Entra's limit for what stands before the `@`, less the digits of a number.
const ADDRESS: usize = 58;

/// A person's names as they are displayed, and in ASCII.
pub(crate) struct Names {
    pub(crate) given: String,
    pub(crate) family: String,
    latin_given: String,
    latin_family: String,
}

impl Names {
    fn of(given: &Name, family: &Name, diacritics: bool) -> Self {
        let shown = |name: &Name| {
            if diacritics {
                name.native.to_owned()
            } else {
                name.latin.clone()
            }
        };
        Self {
            given: shown(given),
            family: shown(family),
            latin_given: given.latin.clone(),
            latin_family: family.latin.clone(),
        }
    }

    /// A given name and a family name of one language.
    pub(crate) fn by(chance: &mut fastrand::Rng, diacritics: bool) -> Self {
        let language = pick(chance, &WORDS.languages).unwrap_or(&WORDS.long);
        Self::within(language, chance, diacritics)
    }

    fn within(language: &Language, chance: &mut fastrand::Rng, diacritics: bool) -> Self {
        const NOBODY: &Name = &Name {
            native: "Nemo",
            latin: String::new(),
        };
        let given = pick(chance, &language.given).unwrap_or(NOBODY);
        let family = pick(chance, &language.family).unwrap_or(NOBODY);
        Self::of(given, family, diacritics)
    }

    /// What goes before the `@`.
    pub(crate) fn address(&self) -> String {
        address_of(&self.latin_given, &self.latin_family, ADDRESS)
    }

    pub(crate) fn display(&self) -> String {
        format!("{} {}", self.given, self.family)
    }
}

/// Makes people one after the other.
pub(super) struct Maker<'a> {
    options: &'a Options,
    chance: fastrand::Rng,
    now: Timestamp,
    /// How often an address was wanted.
    wanted: HashMap<String, u32>,
}

impl<'a> Maker<'a> {
    pub(super) fn new(options: &'a Options, chance: fastrand::Rng, now: Timestamp) -> Self {
        Self {
            options,
            chance,
            now,
            wanted: HashMap::new(),
        }
    }

    /// Somebody for each position, under the id at the same place.
    pub(super) fn people(mut self, positions: &[Position], ids: &[ObjectId]) -> Vec<Person> {
        let mut people = Vec::with_capacity(positions.len());
        for (place, (position, id)) in positions.iter().zip(ids).enumerate() {
            let manager = position.manager.and_then(|place| ids.get(place)).cloned();
            people.push(self.person(id.clone(), place, position, manager));
        }
        self.make_special(positions, &mut people);
        people
    }

    fn person(
        &mut self,
        id: ObjectId,
        place: usize,
        position: &Position,
        manager: Option<ObjectId>,
    ) -> Person {
        let long = self.options.long_names && place % 250 == 7;
        let names = if long {
            Names::within(&WORDS.long, &mut self.chance, self.options.diacritics)
        } else {
            Names::by(&mut self.chance, self.options.diacritics)
        };
        let alias = self.free(names.address());
        let address = format!("{alias}@{}", self.options.domain);
        let mut attributes = BTreeMap::new();
        let mut set = |name: &str, value: &str| {
            attributes.insert(name.to_owned(), value.to_owned());
        };
        set("userPrincipalName", &address);
        set("mail", &address);
        set("mailNickname", &alias);
        set("displayName", &names.display());
        set("givenName", &names.given);
        set("surname", &names.family);
        set("jobTitle", position.title);
        set(
            "department",
            position.department.unwrap_or("Executive Management"),
        );
        set("companyName", &self.options.name);
        set("employeeId", &format!("{}", 100_001 + place));
        set("userType", "Member");
        let is_contractor = !position.has_reports && self.chance.u8(0..20) == 0;
        set(
            "employeeType",
            if is_contractor { "Contractor" } else { "Employee" },
        );
        if is_contractor {
            let days = SignedDuration::from_hours(24 * self.chance.i64(-20..300));
            let end = self.now.saturating_add(days).unwrap_or(self.now);
            set("employeeLeaveDateTime", &day_of(end));
        }
        if let Some(office) = pick(&mut self.chance, &WORDS.offices) {
            self.set_office(office, &mut set);
        }
        Person {
            id,
            attributes,
            proxy_addresses: vec![format!("SMTP:{address}")],
            account_enabled: true,
            manager,
            deleted: None,
            changed: self.now,
        }
    }

    fn set_office(&mut self, office: &Office, set: &mut impl FnMut(&str, &str)) {
        let room = format!(
            "{} {}.{:02}",
            office.name,
            self.chance.u8(1..9),
            self.chance.u8(1..60)
        );
        set("physicalDeliveryOfficeName", &room);
        set("streetAddress", office.street);
        set("city", office.city);
        set("state", office.state);
        set("postalCode", office.postal_code);
        set("country", office.country);
        set("usageLocation", office.country_code);
        set("preferredLanguage", office.language);
        set("telephoneNumber", &self.digits(office.phone));
        if self.chance.u8(0..3) == 0 {
            set("mobile", &self.digits(office.phone));
        }
    }

    fn digits(&mut self, pattern: &str) -> String {
        let chance = &mut self.chance;
        let letters = pattern.chars();
        letters
            .map(|letter| if letter == '#' { chance.digit(10) } else { letter })
            .collect()
    }

    /// The address, with a number if somebody has it.
    fn free(&mut self, alias: String) -> String {
        let count = self.wanted.entry(alias.clone()).or_default();
        *count += 1;
        if *count == 1 {
            alias
        } else {
            format!("{alias}{count}")
        }
    }

    /// Those whom the options ask for; each is another person, and nobody's manager.
    fn make_special(&mut self, positions: &[Position], people: &mut [Person]) {
        let mut places: Vec<usize> = (0..positions.len())
            .filter(|place| {
                positions
                    .get(*place)
                    .is_some_and(|position| !position.has_reports)
            })
            .filter(|place| place % 250 != 7)
            .collect();
        self.chance.shuffle(&mut places);
        let mut next = || places.pop().unwrap_or_default();
        let [renamed, disabled, deleted, one, other] = [next(), next(), next(), next(), next()];
        if let Some(person) = people.get_mut(renamed).filter(|_| self.options.rename) {
            self.rename(person);
        }
        if self.options.leaver {
            let since = self
                .now
                .saturating_sub(SignedDuration::from_hours(72))
                .unwrap_or(self.now);
            if let Some(person) = people.get_mut(disabled) {
                person.account_enabled = false;
                let left = ("employeeLeaveDateTime".to_owned(), day_of(since));
                person.attributes.extend([left]);
            }
            if let Some(person) = people.get_mut(deleted) {
                person.deleted = Some(since);
            }
        }
        let mail = people
            .get(one)
            .and_then(|person| person.text("mail"))
            .map(str::to_owned);
        if let Some((person, mail)) = people
            .get_mut(other)
            .zip(mail)
            .filter(|_| self.options.duplicates)
        {
            person.proxy_addresses = vec![format!("SMTP:{mail}")];
            person.attributes.insert("mail".to_owned(), mail);
        }
    }

    fn rename(&mut self, person: &mut Person) {
        let given = person.text("givenName").unwrap_or_default().to_owned();
        let family = Names::by(&mut self.chance, self.options.diacritics);
        let names = Names {
            latin_given: super::words::latin_of(
                person
                    .text("mailNickname")
                    .and_then(|alias| alias.split('.').next())
                    .unwrap_or_default(),
            ),
            given,
            ..family
        };
        let address = format!("{}@{}", self.free(names.address()), self.options.domain);
        person.proxy_addresses = vec![
            format!("SMTP:{address}"),
            format!("smtp:{}", person.user_principal_name()),
        ];
        let new = [
            ("displayName", names.display()),
            ("surname", names.family),
            ("mail", address),
        ];
        person
            .attributes
            .extend(new.map(|(name, value)| (name.to_owned(), value)));
    }
}

/// Midnight UTC of the day, as Entra writes dates.
pub(crate) fn day_of(time: Timestamp) -> String {
    let text = time.to_string();
    format!("{}T00:00:00Z", text.split('T').next().unwrap_or(&text))
}
