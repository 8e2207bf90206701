//! Lists of users and groups for the window.

use super::{Directory, Kind, Resource};
use crate::accounts::{fold, words};
use crate::error::Result;
use crate::store::Key;

/// What a list is in order of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderBy {
    /// `userName`, or a group's `displayName`; as the index has it.
    Name,
    /// What people are called.
    DisplayName,
    /// Active ones first.
    Active,
    /// What was changed longest ago first.
    Modified,
    /// `externalId`.
    ExternalId,
}

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// By what.
    pub by: OrderBy,
    /// The other way round.
    pub descending: bool,
}

impl Order {
    /// By name, as the index has it.
    pub const USUAL: Self = Self {
        by: OrderBy::Name,
        descending: false,
    };

    fn key(self, kind: Kind, resource: &Resource) -> String {
        match self.by {
            OrderBy::Name => fold(resource.name(kind)),
            OrderBy::DisplayName => fold(&resource.display_name()),
            OrderBy::Active => u8::from(!resource.is_active()).to_string(),
            OrderBy::Modified => format!("{:020}", resource.modified.as_microsecond().max(0)),
            OrderBy::ExternalId => fold(resource.text("externalId")),
        }
    }
}

impl Directory<'_> {
    /// A page of users or groups whose names, or externalId, hold all words of `search`. Returns
    /// how many match in all, too. By name, only the page is kept in memory; in another order also
    /// the keys of all that match.
    pub fn browse(
        &self,
        kind: Kind,
        search: &str,
        keep: impl Fn(&Resource) -> bool,
        order: Order,
        (skip, take): (usize, usize),
    ) -> Result<(u64, Vec<Resource>)> {
        if order != Order::USUAL {
            return self.browse_sorted(kind, search, keep, order, (skip, take));
        }
        let (mut total, mut page) = (0_u64, Vec::new());
        for resource in self.browsed(kind, search, keep) {
            let resource = resource?;
            if total >= skip as u64 && page.len() < take {
                page.push(resource);
            }
            total += 1;
        }
        Ok((total, page))
    }

    fn browse_sorted(
        &self,
        kind: Kind,
        search: &str,
        keep: impl Fn(&Resource) -> bool,
        order: Order,
        (skip, take): (usize, usize),
    ) -> Result<(u64, Vec<Resource>)> {
        let matching = self.browsed(kind, search, keep);
        let mut keys = matching
            .map(|resource| resource.map(|resource| (order.key(kind, &resource), resource.id)))
            .collect::<Result<Vec<_>>>()?;
        // What is equal stays by name either way.
        keys.sort_by(|(one, _), (other, _)| {
            let ordering = one.cmp(other);
            if order.descending {
                ordering.reverse()
            } else {
                ordering
            }
        });
        let total = keys.len() as u64;
        let page = keys.into_iter().skip(skip).take(take);
        let page = page.filter_map(|(_, id)| self.find(kind, &id).transpose());
        Ok((total, page.collect::<Result<_>>()?))
    }

    /// What is kept of those whose names hold all words, by name.
    fn browsed(
        &self,
        kind: Kind,
        search: &str,
        keep: impl Fn(&Resource) -> bool,
    ) -> impl Iterator<Item = Result<Resource>> {
        let words = words(search);
        let found = self
            .store
            .scan::<String>(&Key::all(kind.names()))
            .filter_map(move |entry| entry.and_then(|(_, id)| self.find(kind, &id)).transpose());
        found.filter(move |resource| {
            let Ok(resource) = resource else { return true };
            let text = fold(&format!(
                "{} {} {}",
                resource.name(kind),
                resource.display_name(),
                resource.text("externalId")
            ));
            keep(resource) && words.iter().all(|word| text.contains(word.as_str()))
        })
    }
}
