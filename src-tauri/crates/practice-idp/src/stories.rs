//! Life stories: what happens to organisations, at one click. Each is an edit or several of the
//! kind an administrator makes, and tells in sentences what it did. The same organisation, story and
//! seed always give the same result.

mod hiring;
mod leaving;
mod reorganising;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::generate::pick;
use crate::organisation::{ObjectId, Organisation, OrganisationError, Person, Result};

/// What can happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Story {
    /// Five people are hired.
    HireFive,
    /// Somebody has another name and address.
    Marriage,
    /// Somebody who had left is back.
    ReHire,
    /// A manager is deleted and the reports move up.
    ManagerLeaves,
    /// One department becomes part of another.
    DepartmentMerger,
    /// Contractors are disabled.
    ContractorExpiry,
    /// Most people are unassigned by mistake.
    MassScopingMistake,
}

/// A story as it is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    /// Which.
    pub story: Story,
    /// The key that commands and the interface name it by.
    pub key: &'static str,
    /// Its name.
    pub name: &'static str,
    /// One sentence on what will happen.
    pub description: &'static str,
}

/// All stories, in the order in which they are offered.
pub const STORIES: &[Offer] = &[
    Offer {
        story: Story::HireFive,
        key: "hire-five",
        name: "Hire five",
        description: "Five people start in different departments, each with a manager and the groups of that department.",
    },
    Offer {
        story: Story::Marriage,
        key: "marriage",
        name: "Marriage",
        description: "Somebody takes another surname: user principal name and mail change, and the old address stays as an alias.",
    },
    Offer {
        story: Story::ReHire,
        key: "re-hire",
        name: "Re-hire",
        description: "Somebody who was deleted or disabled comes back with a new employee number.",
    },
    Offer {
        story: Story::ManagerLeaves,
        key: "manager-leaves",
        name: "Manager leaves",
        description: "A manager is deleted, and whoever reported to them reports one level higher.",
    },
    Offer {
        story: Story::DepartmentMerger,
        key: "department-merger",
        name: "Department merger",
        description: "A small department becomes part of a larger one, with its people, and its group is deleted.",
    },
    Offer {
        story: Story::ContractorExpiry,
        key: "contractor-expiry",
        name: "Contractor expiry",
        description: "The contracts of some contractors end, and their accounts are disabled.",
    },
    Offer {
        story: Story::MassScopingMistake,
        key: "mass-scoping-mistake",
        name: "Mass scoping mistake",
        description: "An administrator unassigns most people by mistake, which accidental-deletion prevention should stop.",
    },
];

impl Story {
    /// The story with that key.
    pub fn by_key(key: &str) -> Option<Self> {
        STORIES
            .iter()
            .find(|offer| offer.key == key)
            .map(|offer| offer.story)
    }

    /// Lets it happen, and returns a sentence for each thing that did. Fails with
    /// [`OrganisationError::NoStory`] if there is nobody it could happen to; nothing was changed then.
    pub fn happen(self, organisation: &mut Organisation, seed: u64, now: Timestamp) -> Result<Vec<String>> {
        // Each story has chances of its own, else the same people would marry who also leave.
        let seed = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(self as u64);
        let mut happening = Happening {
            org: organisation.clone(),
            chance: fastrand::Rng::with_seed(seed),
            now,
            told: Vec::new(),
        };
        match self {
            Self::HireFive => happening.hire_five(),
            Self::Marriage => happening.marriage(),
            Self::ReHire => happening.re_hire(),
            Self::ManagerLeaves => happening.manager_leaves(),
            Self::DepartmentMerger => happening.department_merger(),
            Self::ContractorExpiry => happening.contractor_expiry(),
            Self::MassScopingMistake => happening.mass_scoping_mistake(),
        }?;
        *organisation = happening.org;
        Ok(happening.told)
    }
}

/// A story under way, on a copy of the organisation: half a story is none.
struct Happening {
    org: Organisation,
    chance: fastrand::Rng,
    now: Timestamp,
    told: Vec<String>,
}

impl Happening {
    fn tell(&mut self, sentence: String) {
        self.told.push(sentence);
    }

    /// The ids of those present who fulfil something, sorted.
    fn those(&self, is_it: impl Fn(&Person) -> bool) -> Vec<ObjectId> {
        let present = self.org.people.values().filter(|person| person.is_present());
        present
            .filter(|person| is_it(person))
            .map(|person| person.id.clone())
            .collect()
    }

    /// One of them, or the sentence why there is no story.
    fn one_of(&mut self, ids: &[ObjectId], otherwise: &str) -> Result<ObjectId> {
        pick(&mut self.chance, ids)
            .cloned()
            .ok_or_else(|| OrganisationError::NoStory(otherwise.to_owned()))
    }

    /// Some of them, without repetition, in the order of their ids.
    fn some_of(&mut self, mut ids: Vec<ObjectId>, count: usize) -> BTreeSet<ObjectId> {
        self.chance.shuffle(&mut ids);
        ids.into_iter().take(count).collect()
    }

    fn name(&self, id: &ObjectId) -> String {
        let person = self.org.people.get(id);
        person.map_or_else(|| id.0.clone(), |person| person.display_name().to_owned())
    }

    /// How many present people each department has.
    fn departments(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for person in self.org.people.values().filter(|person| person.is_present()) {
            if let Some(department) = person.text("department") {
                *counts.entry(department.to_owned()).or_default() += 1;
            }
        }
        counts
    }
}

/// `1 person`, `5 people`.
fn people(count: usize) -> String {
    match count {
        1 => "1 person".to_owned(),
        _ => format!("{count} people"),
    }
}

#[cfg(test)]
mod tests;
