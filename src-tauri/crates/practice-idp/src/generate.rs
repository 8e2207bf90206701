//! Organisations that nobody works for: people, managers and groups from word lists and a seed. The
//! same options and the same seed always give the same organisation.

mod people;
mod positions;
mod words;

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::organisation::{Group, ObjectId, Organisation};
use people::Maker;
use positions::{Position, positions};

pub(crate) use people::{Names, day_of};
pub(crate) use words::{WORDS, address_of, latin_of};

/// The fewest and the most people an organisation is generated with.
pub const PEOPLE: std::ops::RangeInclusive<u32> = 10..=100_000;

/// What is to be generated.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a box that is ticked on its own"
)]
pub struct Options {
    /// What the organisation is called.
    pub name: String,
    /// The domain of all addresses.
    pub domain: String,
    /// How many people, within [`PEOPLE`].
    pub people: u32,
    /// Another seed gives other people.
    pub seed: u64,
    /// Somebody married: display name and mail are new, the old address is an alias, and the
    /// userPrincipalName is still the old one.
    pub rename: bool,
    /// Somebody has left and is disabled, somebody else is in the recycle bin since three days.
    pub leaver: bool,
    /// Names keep their marks and their alphabets (Jürgen, Ωραία); without, all are in ASCII.
    pub diacritics: bool,
    /// Some names are longer than columns and limits like.
    pub long_names: bool,
    /// Two people have the same mail address.
    pub duplicates: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            name: "Lindenfield Works".to_owned(),
            domain: "lindenfield.example".to_owned(),
            people: 250,
            seed: 1,
            rename: true,
            leaver: true,
            diacritics: true,
            long_names: true,
            duplicates: false,
        }
    }
}

/// Why nothing was generated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GenerateError {
    /// Too few or too many people.
    #[error("An organisation of {0} people cannot be generated. Choose from {low} to {high}.", low = PEOPLE.start(), high = PEOPLE.end())]
    People(u32),

    /// The domain cannot stand in an address.
    #[error("\"{0}\" is no domain for addresses. Write one such as contoso.com.")]
    Domain(String),
}

/// Makes up an organisation, all of it stamped `now`. The group of all and those of the departments
/// are assigned; the project groups are not. Fails if the number of people or the domain will not do.
pub fn generate(options: &Options, now: Timestamp) -> Result<Organisation, GenerateError> {
    if !PEOPLE.contains(&options.people) {
        return Err(GenerateError::People(options.people));
    }
    if !crate::organisation::is_name(&format!("x@{}", options.domain)) {
        return Err(GenerateError::Domain(options.domain.clone()));
    }
    let mut chance = fastrand::Rng::with_seed(options.seed);
    let positions = positions(options.people, &mut chance);
    let ids: Vec<ObjectId> = positions.iter().map(|_| ObjectId::by(&mut chance)).collect();
    let groups = groups(&positions, &ids, &mut chance, now);
    let people = Maker::new(options, chance, now).people(&positions, &ids);
    let is_assigned = |group: &&Group| !group.display_name.starts_with(PROJECT);
    let assigned = groups.iter().filter(is_assigned).map(|group| group.id.clone());
    Ok(Organisation {
        name: options.name.clone(),
        assigned: assigned.collect(),
        people: people
            .into_iter()
            .map(|person| (person.id.clone(), person))
            .collect(),
        groups: groups
            .into_iter()
            .map(|group| (group.id.clone(), group))
            .collect(),
        purged: std::collections::BTreeMap::new(),
    })
}

const PROJECT: &str = "Project ";

/// A group of all, one for each department that has people, and project groups.
fn groups(
    positions: &[Position],
    ids: &[ObjectId],
    chance: &mut fastrand::Rng,
    now: Timestamp,
) -> Vec<Group> {
    let mut groups = vec![("All Employees".to_owned(), ids.iter().cloned().collect())];
    for department in &WORDS.departments {
        let is_in = |position: &Position| position.department.is_some_and(|name| name == department.name);
        let places = positions.iter().zip(ids).filter(|(position, _)| is_in(position));
        let members: BTreeSet<ObjectId> = places.map(|(_, id)| id.clone()).collect();
        if !members.is_empty() {
            groups.push((department.name.to_owned(), members));
        }
    }
    let number_of_projects = (ids.len() / 60).clamp(2, 200);
    for place in 0..number_of_projects {
        let round = place / WORDS.projects.len().max(1) + 1;
        let word = WORDS.projects.iter().cycle().nth(place).copied().unwrap_or("X");
        let name = if round == 1 {
            format!("{PROJECT}{word}")
        } else {
            format!("{PROJECT}{word} {round}")
        };
        let size = chance.u8(5..25);
        let members = (0..size).filter_map(|_| pick(chance, ids).cloned()).collect();
        groups.push((name, members));
    }
    groups
        .into_iter()
        .map(|(display_name, members)| Group {
            id: ObjectId::by(chance),
            display_name,
            members,
            changed: now,
        })
        .collect()
}

/// One of them by chance, the same on every platform; `None` if there are none.
pub(crate) fn pick<'a, T>(chance: &mut fastrand::Rng, of: &'a [T]) -> Option<&'a T> {
    let count = of.len() as u64;
    let place = (count > 0).then(|| chance.u64(0..count))?;
    of.get(usize::try_from(place).ok()?)
}

#[cfg(test)]
mod tests;
