//! Reports: the stored plan of every sync, and what became of it.

mod compare;
pub mod export;
mod keeping;

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::{Deserialize, Serialize};

pub use compare::{Comparison, Page};
pub(crate) use keeping::{prune_rows, put_rows, remove_rows};

use crate::accounts::{fold, words};
use crate::error::{Error, Result};
use crate::plan::{Action, Change, Counts, Held, Notice, Plan, Target};
use crate::store::{Key, Space, Store};
use crate::sync::{Run, RunStatus};

/// What a row of a report says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "row", rename_all = "camelCase")]
pub enum Entry {
    /// A change.
    Change(Change),
    /// A change that is held back.
    Held(Held),
    /// Something left alone.
    Skipped(Notice),
    /// Something to know.
    Warning(Notice),
}

/// One row of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// What it says.
    #[serde(flatten)]
    pub entry: Entry,
    /// Not in the report before this one.
    pub is_new: bool,
}

/// What a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Accounts.
    Users,
    /// Groups.
    Groups,
    /// Memberships.
    Memberships,
    /// What is held back.
    Held,
    /// What was left alone.
    Skipped,
    /// What to know.
    Warnings,
}

/// Which rows of a report to read.
#[derive(Debug, Clone)]
pub struct RowsQuery {
    /// What they are about.
    pub section: Section,
    /// Only this action.
    pub action: Option<Action>,
    /// Only rows with these words in name, address, field or value.
    pub search: String,
    /// Rows to pass over.
    pub skip: usize,
    /// Rows at most.
    pub take: usize,
}

impl Row {
    /// Every row of a plan, in the order of the report.
    pub(crate) fn all_of(plan: Plan) -> Vec<Self> {
        let changes = plan.changes.into_iter().map(Entry::Change);
        let held = plan.held.into_iter().map(Entry::Held);
        let skipped = plan.skipped.into_iter().map(Entry::Skipped);
        let warnings = plan.warnings.into_iter().map(Entry::Warning);
        changes
            .chain(held)
            .chain(skipped)
            .chain(warnings)
            .map(|entry| Self { entry, is_new: true })
            .collect()
    }

    /// What it is about.
    pub fn section(&self) -> Section {
        match &self.entry {
            Entry::Change(change) => match change.target {
                Target::User { .. } => Section::Users,
                Target::Group { .. } => Section::Groups,
                Target::Membership { .. } => Section::Memberships,
            },
            Entry::Held(_) => Section::Held,
            Entry::Skipped(_) => Section::Skipped,
            Entry::Warning(_) => Section::Warnings,
        }
    }

    /// What it does, if it is a change that is not held back.
    pub fn action(&self) -> Option<Action> {
        self.made().map(|change| change.action)
    }

    /// The change that a run makes which applies it: not one that is held back.
    pub(crate) fn made(&self) -> Option<&Change> {
        match &self.entry {
            Entry::Change(change) => Some(change),
            _ => None,
        }
    }

    /// The change it is about, made or held back.
    pub fn change(&self) -> Option<&Change> {
        match &self.entry {
            Entry::Change(change) => Some(change),
            Entry::Held(held) => Some(&held.change),
            Entry::Skipped(_) | Entry::Warning(_) => None,
        }
    }

    /// The row in one line: `~ Mara Okafor <mara@contoso.com>: Job title`.
    pub fn headline(&self) -> String {
        let (sign, change) = match &self.entry {
            Entry::Change(change) => (String::new(), change),
            Entry::Held(held) => ("on hold: ".to_owned(), &held.change),
            Entry::Skipped(notice) => return format!("skipped: {}: {}", notice.name, notice.why.sentence()),
            Entry::Warning(notice) => return format!("warning: {}: {}", notice.name, notice.why.sentence()),
        };
        let who = match change.target {
            Target::User { .. } => format!("{} <{}>", change.name, change.detail),
            Target::Group { .. } => format!("group {}", change.name),
            Target::Membership { .. } => format!("{} in {}", change.name, change.detail),
        };
        let fields: Vec<&str> = change.fields.iter().map(|field| field.label.as_str()).collect();
        let what = match change.action {
            Action::Change => fields.join(", "),
            _ => change.why.sentence(),
        };
        format!("{sign}{} {who}: {what}", change.action.symbol())
    }

    /// The same number for the same row in two reports.
    pub(crate) fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        match &self.entry {
            Entry::Change(change) => hash_change(change, &mut hasher),
            Entry::Held(held) => {
                held.by.hash(&mut hasher);
                hash_change(&held.change, &mut hasher);
            }
            Entry::Skipped(notice) => {
                ('s', &notice.detail, &notice.name, notice.why.sentence()).hash(&mut hasher);
            }
            Entry::Warning(notice) => {
                ('w', &notice.detail, &notice.name, notice.why.sentence()).hash(&mut hasher);
            }
        }
        hasher.finish()
    }

    fn matches(&self, query: &RowsQuery, words: &[String]) -> bool {
        self.section() == query.section
            && query.action.is_none_or(|action| self.action() == Some(action))
            && (words.is_empty() || self.holds(words))
    }

    fn holds(&self, words: &[String]) -> bool {
        let text = match &self.entry {
            Entry::Change(change) => text_of(change),
            Entry::Held(held) => text_of(&held.change),
            Entry::Skipped(notice) | Entry::Warning(notice) => {
                format!("{} {} {}", notice.name, notice.detail, notice.why.sentence())
            }
        };
        let text = fold(&text);
        words.iter().all(|word| text.contains(word.as_str()))
    }
}

fn hash_change(change: &Change, hasher: &mut DefaultHasher) {
    (change.action.symbol(), &change.target).hash(hasher);
    for field in &change.fields {
        (&field.key, &field.before, &field.after).hash(hasher);
    }
}

fn text_of(change: &Change) -> String {
    let mut text = format!("{} {} {}", change.name, change.detail, change.why.sentence());
    for field in &change.fields {
        let values = [&field.before, &field.after].map(|value| value.as_deref().unwrap_or_default());
        for part in [field.label.as_str(), field.path.as_str()]
            .into_iter()
            .chain(values)
        {
            text.push(' ');
            text.push_str(part);
        }
    }
    text
}

/// The fingerprints of a report's rows.
pub(crate) fn fingerprints(store: &Store, run: u64) -> Result<HashSet<u64>> {
    store
        .scan::<Row>(&Key::numbered(Space::ReportRow, run))
        .map(|entry| Ok(entry?.1.fingerprint()))
        .collect()
}

/// The newest run older than `before` that made a plan.
pub(crate) fn newest_with_plan(store: &Store, before: Option<u64>) -> Result<Option<Run>> {
    let high = Key::numbered(Space::Run, before.unwrap_or(u64::MAX));
    store
        .between::<Run>(&Key::all(Space::Run), &high)
        .rev()
        .find(|run| run.as_ref().map_or(true, Run::has_plan))
        .transpose()
}

/// Where the rows of a section, or of one action in it, begin, and how many they are.
fn place_of(counts: &Counts, section: Section, action: Option<Action>) -> (u64, u64) {
    let (users, groups) = (counts.users.total(), counts.groups.total());
    let changes = users + groups + counts.memberships.total();
    let (first, of) = match section {
        Section::Users => (0, counts.users),
        Section::Groups => (users, counts.groups),
        Section::Memberships => (users + groups, counts.memberships),
        Section::Held | Section::Skipped | Section::Warnings if action.is_some() => return (0, 0),
        Section::Held => return (changes, counts.held),
        Section::Skipped => return (changes + counts.held, counts.skipped),
        Section::Warnings => return (changes + counts.held + counts.skipped, counts.warnings),
    };
    match action {
        None => (first, of.total()),
        Some(Action::Create) => (first, of.created),
        Some(Action::Change) => (first + of.created, of.changed),
        Some(Action::Archive) => (first + of.created + of.changed, of.archived),
        Some(Action::Restore) => (first + of.total() - of.restored, of.restored),
    }
}

/// The reports of one open engine.
#[derive(Clone, Copy)]
pub struct Reports<'a> {
    pub(crate) store: &'a Store,
}

impl Reports<'_> {
    /// One sync. Fails with [`Error::NotFound`].
    pub fn get(&self, id: u64) -> Result<Run> {
        self.store
            .get(&Key::numbered(Space::Run, id))?
            .ok_or_else(|| Error::not_found("report", &id))
    }

    /// The newest sync that has ended.
    pub fn newest(&self) -> Result<Option<Run>> {
        self.newest_first()
            .find(|run| {
                run.as_ref().map_or(true, |run| {
                    !matches!(run.status, RunStatus::Pending | RunStatus::Processing)
                })
            })
            .transpose()
    }

    /// The newest sync that made a plan in Test Mode: what turning Test Mode off shows.
    pub fn newest_in_test_mode(&self) -> Result<Option<Run>> {
        self.newest_first()
            .find(|run| {
                run.as_ref()
                    .map_or(true, |run| run.test_mode && run.status == RunStatus::Completed)
            })
            .transpose()
    }

    /// A page of syncs, newest first, and how many there are in all.
    pub fn list(&self, test_mode: Option<bool>, skip: usize, take: usize) -> Result<(u64, Vec<Run>)> {
        let (mut total, mut page) = (0, Vec::new());
        for run in self.newest_first() {
            let run = run?;
            if test_mode.is_none_or(|wanted| run.test_mode == wanted) {
                if total >= skip as u64 && page.len() < take {
                    page.push(run);
                }
                total += 1;
            }
        }
        Ok((total, page))
    }

    /// Every row of a report with its place, in order.
    pub fn all_rows(&self, id: u64) -> Result<impl Iterator<Item = Result<Row>> + use<>> {
        self.get(id)?;
        Ok(self
            .store
            .scan::<Row>(&Key::numbered(Space::ReportRow, id))
            .map(|entry| Ok(entry?.1)))
    }

    /// A page of a report's rows, each with its place, and how many match in all; none where
    /// [`Run::rows_removed`].
    pub fn rows(&self, id: u64, query: &RowsQuery) -> Result<(u64, Vec<(u64, Row)>)> {
        let run = self.get(id)?;
        if run.rows_removed {
            return Ok((0, Vec::new()));
        }
        let words = words(&query.search);
        if words.is_empty() {
            self.rows_by_place(&run, query)
        } else {
            self.rows_by_words(id, query, &words)
        }
    }

    /// Rows are stored section by section and action by action, so the counts tell where each
    /// begins, and only the page is read.
    fn rows_by_place(self, run: &Run, query: &RowsQuery) -> Result<(u64, Vec<(u64, Row)>)> {
        let (first, total) = place_of(&run.counts, query.section, query.action);
        let skip = total.min(query.skip as u64);
        let take = (total - skip).min(query.take as u64);
        let begin = first + skip;
        let at = |place| Key::numbered_pair(Space::ReportRow, run.id, place);
        let low = match begin.checked_sub(1) {
            Some(before) => at(before),
            None => Key::numbered(Space::ReportRow, run.id),
        };
        let rows = self.store.between::<Row>(&low, &at(begin + take));
        let page = (begin..).zip(rows).map(|(place, row)| Ok((place, row?)));
        Ok((total, page.collect::<Result<_>>()?))
    }

    fn rows_by_words(self, id: u64, query: &RowsQuery, words: &[String]) -> Result<(u64, Vec<(u64, Row)>)> {
        let (mut total, mut page) = (0, Vec::new());
        for (place, row) in self.all_rows(id)?.enumerate() {
            let row = row?;
            if row.matches(query, words) {
                if total >= query.skip as u64 && page.len() < query.take {
                    page.push((place as u64, row));
                }
                total += 1;
            }
        }
        Ok((total, page))
    }

    /// The plan of a report, put together again.
    pub fn plan(&self, id: u64) -> Result<Plan> {
        let run = self.get(id)?;
        let mut plan = Plan {
            compared: run.compared,
            active_accounts: run.active_accounts,
            ..Plan::default()
        };
        for row in self.all_rows(id)? {
            match row?.entry {
                Entry::Change(change) => plan.changes.push(change),
                Entry::Held(held) => plan.held.push(held),
                Entry::Skipped(notice) => plan.skipped.push(notice),
                Entry::Warning(notice) => plan.warnings.push(notice),
            }
        }
        Ok(plan)
    }

    /// Every sync, the newest first.
    pub(crate) fn newest_first(self) -> impl Iterator<Item = Result<Run>> + use<> {
        self.store
            .scan::<Run>(&Key::all(Space::Run))
            .rev()
            .map(|entry| Ok(entry?.1))
    }
}
