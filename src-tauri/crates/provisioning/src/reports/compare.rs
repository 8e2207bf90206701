//! Two reports side by side: which rows only one of them has, and what a report means for people.

use std::collections::HashSet;

use super::{Reports, Row, RowsQuery, Section, fingerprints};
use crate::accounts::words;
use crate::error::{Error, Result};
use crate::plan::{Action, Consequence};

/// How two reports differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comparison {
    /// Rows that only the first has.
    pub gone: u64,
    /// Rows that only the second has.
    pub new: u64,
    /// Rows that both have.
    pub same: u64,
}

/// Rows with their places, and how many match in all.
pub type Page = (u64, Vec<(u64, Row)>);

impl Reports<'_> {
    /// Compares the report `from` with the report `to`. Fails with [`Error::NotFound`], and with
    /// [`Error::NotComparable`] where one has no plan or its rows are no longer kept.
    pub fn compare(&self, from: u64, to: u64) -> Result<Comparison> {
        let (old, new) = (self.fingerprints(from)?, self.fingerprints(to)?);
        let same = new.intersection(&old).count() as u64;
        Ok(Comparison {
            gone: old.len() as u64 - same,
            new: new.len() as u64 - same,
            same,
        })
    }

    /// A page of the rows that `of` has and `but` has not.
    pub fn rows_only_in(&self, of: u64, but: u64, skip: usize, take: usize) -> Result<Page> {
        let other = self.fingerprints(but)?;
        self.page_of(of, skip, take, |row| !other.contains(&row.fingerprint()))
    }

    /// A page of the changes that do this to somebody, with the words of `search` in them.
    pub fn rows_of(
        &self,
        id: u64,
        consequence: Consequence,
        search: &str,
        skip: usize,
        take: usize,
    ) -> Result<Page> {
        let (section, action) = match consequence {
            Consequence::LosesAccess => (Section::Users, Some(Action::Archive)),
            Consequence::JoinsGroup => (Section::Memberships, Some(Action::Create)),
            Consequence::LeavesGroup => (Section::Memberships, Some(Action::Archive)),
            _ => (Section::Users, None),
        };
        if action.is_some() {
            let search = search.to_owned();
            return self.rows(
                id,
                &RowsQuery {
                    section,
                    action,
                    search,
                    skip,
                    take,
                },
            );
        }
        let words = words(search);
        self.page_of(id, skip, take, |row| {
            row.action().is_some()
                && row.change().is_some_and(|change| consequence.is_of(change))
                && (words.is_empty() || row.holds(&words))
        })
    }

    fn page_of(self, id: u64, skip: usize, take: usize, wanted: impl Fn(&Row) -> bool) -> Result<Page> {
        let (mut total, mut page) = (0, Vec::new());
        for (place, row) in (0..).zip(self.all_rows(id)?) {
            let row = row?;
            if wanted(&row) {
                if total >= skip as u64 && page.len() < take {
                    page.push((place, row));
                }
                total += 1;
            }
        }
        Ok((total, page))
    }

    fn fingerprints(self, id: u64) -> Result<HashSet<u64>> {
        let run = self.get(id)?;
        if !run.can_be_compared() {
            let why = if run.rows_removed {
                "its rows are no longer kept"
            } else {
                "it has no plan"
            };
            return Err(Error::NotComparable { run: id, why });
        }
        fingerprints(self.store, id)
    }
}
