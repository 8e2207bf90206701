//! Taking back what a sync did: the account or group gets the values it had before, field by
//! field, where nobody has changed them since; what the sync made is removed.
//!
//! A run that is applied keeps each account and group as it stood before (`Space::Before`); what
//! it made of it follows from its report. Where the present value of a field is no longer the one
//! that the run gave it, the object is left as it is and the report says why.

mod kept;
mod records;

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use crate::accounts::{Account, Console, ConsoleGroup, State, read_console};
use crate::apply::{account_after, group_after};
use crate::error::Result;
use crate::plan::{Action, Change, Notice, Plan, Reason, Target};
use crate::store::{Key, Space, Store, Transaction};
use crate::sync::Run;
use kept::Kept;
use records::{Merged, Record, merge};

/// What is to be undone.
pub(crate) struct Undoing<'a> {
    /// The run.
    pub(crate) run: &'a Run,
    /// The rows of its report that are changes, each with its place.
    pub(crate) rows: Vec<(u64, Change)>,
    /// Only this account, and its memberships.
    pub(crate) only: Option<&'a str>,
    /// The present instant.
    pub(crate) now: Timestamp,
}

/// An undo that has been thought through and not been done.
pub(crate) struct Undo {
    /// What it changes and what it leaves, for the report.
    pub(crate) plan: Plan,
    writes: Vec<(Key, Option<Record>)>,
}

/// One object of the run, as it would be undone.
struct Reversal {
    change: Change,
    now: Option<Record>,
    then: Option<Record>,
}

impl Undo {
    /// Finds out what can be undone.
    pub(crate) fn of(store: &Store, undoing: &Undoing<'_>) -> Result<Self> {
        let (mut reversals, mut refused) = (Vec::new(), Vec::new());
        let mut console = read_console(store)?;
        let kept = Kept::of(store, &mut console)?;
        for (place, change) in undoing.rows.iter().filter(|(_, change)| undoing.concerns(change)) {
            match undoing.reverse(store, *place, change)? {
                Ok(reversal) => match kept.why(&change.target, reversal.is_put_away()) {
                    None => reversals.push(reversal),
                    Some(why) => refused.push(notice(change, why)),
                },
                Err(why) => refused.push(notice(change, why)),
            }
        }
        loop {
            let problems = Problems::of(&console, &reversals);
            if problems.is_empty() {
                break;
            }
            reversals.retain(|reversal| match problems.get(&reversal.change.target) {
                Some(why) => {
                    refused.push(notice(&reversal.change, why.clone()));
                    false
                }
                None => true,
            });
        }
        let mut plan = Plan {
            compared: undoing.rows.len() as u64,
            active_accounts: console
                .accounts
                .iter()
                .filter(|one| one.state == State::Active)
                .count() as u64,
            skipped: refused,
            ..Plan::default()
        };
        plan.changes = reversals.iter().map(|one| one.change(undoing.run.id)).collect();
        plan.changes
            .sort_by_key(|change| (section(&change.target), change.action));
        let writes = reversals.into_iter().map(Reversal::write).collect();
        Ok(Self { plan, writes })
    }

    /// Whether nothing is left of the run: what is left alone is as it was before already.
    pub(crate) fn is_whole(&self) -> bool {
        let mut left = self.plan.skipped.iter();
        left.all(|one| matches!(one.why, Reason::AsBefore { .. }))
    }

    /// Its report, and what it writes.
    pub(crate) fn into_parts(self) -> (Plan, Writes) {
        (self.plan, Writes(self.writes))
    }
}

/// What an undo writes.
pub(crate) struct Writes(Vec<(Key, Option<Record>)>);

impl Writes {
    /// Writes it, as part of a turn.
    pub(crate) fn apply(&self, turn: &mut Transaction<'_>) -> Result<()> {
        for (key, record) in &self.0 {
            match record {
                None => turn.remove(key),
                Some(Record::Account(account)) => turn.put(key, account)?,
                Some(Record::Group(group)) => turn.put(key, group)?,
                Some(Record::Member) => turn.put(key, &())?,
            }
        }
        Ok(())
    }
}

impl Undoing<'_> {
    fn concerns(&self, change: &Change) -> bool {
        let account = match &change.target {
            Target::User { account } | Target::Membership { account, .. } => Some(account.as_str()),
            Target::Group { .. } => None,
        };
        self.only.is_none_or(|only| account == Some(only))
    }

    fn reverse(&self, store: &Store, place: u64, change: &Change) -> Result<Result<Reversal, Reason>> {
        let key = key_of(&change.target);
        let image = Key::numbered_pair(Space::Before, self.run.id, place);
        let done = self.run.finished.unwrap_or(self.run.started);
        let (before, after, now) = match &change.target {
            Target::User { account } => {
                let before: Option<Account> = store.get(&image)?;
                let after = account_after(before.clone(), account, change, done);
                let now: Option<Account> = store.get(&key)?;
                (
                    before.map(Record::Account),
                    Some(Record::Account(after)),
                    now.map(Record::Account),
                )
            }
            Target::Group { group } => {
                let before: Option<ConsoleGroup> = store.get(&image)?;
                let after = group_after(before.clone(), group, change, done);
                let now: Option<ConsoleGroup> = store.get(&key)?;
                (
                    before.map(Record::Group),
                    Some(Record::Group(after)),
                    now.map(Record::Group),
                )
            }
            Target::Membership { .. } => {
                let (member, is_member) = (Some(Record::Member), store.contains(&key)?);
                let was_added = change.action == Action::Create;
                (
                    member.clone().filter(|_| !was_added),
                    member.clone().filter(|_| was_added),
                    member.filter(|_| is_member),
                )
            }
        };
        let is_kept = before.is_some() || change.action == Action::Create || section(&change.target) == 2;
        if !is_kept {
            return Ok(Err(Reason::NotKept { run: self.run.id }));
        }
        Ok(match merge(before, after, now.clone(), self.now) {
            Merged::Undone(then) => Ok(Reversal {
                change: change.clone(),
                now,
                then,
            }),
            Merged::AsBefore => Err(Reason::AsBefore { run: self.run.id }),
            Merged::ChangedSince(fields) => {
                let by = self.changed_by(store, change, &fields)?;
                Err(Reason::ChangedSince {
                    run: self.run.id,
                    can_be_undone: by.as_ref().is_some_and(Run::can_be_undone),
                    by: by.map(|run| run.id),
                    fields,
                })
            }
        })
    }

    /// The newest later run that changed one of these fields, if one did.
    fn changed_by(&self, store: &Store, change: &Change, fields: &[String]) -> Result<Option<Run>> {
        let high = Key::numbered(Space::Run, u64::MAX);
        let later = store.between::<Run>(&Key::numbered(Space::Run, self.run.id), &high);
        for run in later.rev() {
            let run = run?;
            if !run.applied || run.rows_removed {
                continue;
            }
            for row in store.scan::<crate::reports::Row>(&Key::numbered(Space::ReportRow, run.id)) {
                let (_, row) = row?;
                let Some(later) = row.change().filter(|_| row.action().is_some()) else {
                    break;
                };
                let touches = later.fields.iter().any(|field| fields.contains(&field.label));
                if later.target == change.target && (touches || fields.is_empty()) {
                    return Ok(Some(run));
                }
            }
        }
        Ok(None)
    }
}

impl Reversal {
    /// As a row of the undo's report.
    fn change(&self, run: u64) -> Change {
        let is_removed = self.then.is_none();
        let state = |record: &Option<Record>| record.as_ref().and_then(Record::state);
        let action = match (&self.now, &self.then) {
            (None, _) => Action::Create,
            (Some(_), None) => Action::Archive,
            _ => match (state(&self.now), state(&self.then)) {
                (Some(State::Archived), Some(State::Active)) => Action::Restore,
                (Some(State::Active), Some(State::Archived)) => Action::Archive,
                _ => Action::Change,
            },
        };
        Change {
            action,
            why: Reason::Undone {
                run,
                removed: is_removed && !matches!(self.now, Some(Record::Member)),
            },
            fields: records::differences(self.now.as_ref(), self.then.as_ref()),
            unchanged: 0,
            ..self.change.clone()
        }
    }

    /// Whether it takes an active account or group out of use.
    fn is_put_away(&self) -> bool {
        let is_active =
            |record: &Option<Record>| record.as_ref().and_then(Record::state) == Some(State::Active);
        is_active(&self.now) && !is_active(&self.then)
    }

    fn write(self) -> (Key, Option<Record>) {
        (key_of(&self.change.target), self.then)
    }
}

/// What cannot be undone because of what stands beside it in the console.
struct Problems;

impl Problems {
    fn of(console: &Console, reversals: &[Reversal]) -> HashMap<Target, Reason> {
        let mut found = HashMap::new();
        let undone: HashMap<&Target, &Reversal> =
            reversals.iter().map(|one| (&one.change.target, one)).collect();
        shared_addresses(console, &undone, &mut found);
        lost_members(console, &undone, &mut found);
        found
    }
}

/// Two active accounts would share an address.
fn shared_addresses(
    console: &Console,
    undone: &HashMap<&Target, &Reversal>,
    found: &mut HashMap<Target, Reason>,
) {
    let target = |account: &Account| Target::User {
        account: account.id.clone(),
    };
    let mut accounts: Vec<&Account> = Vec::new();
    for account in &console.accounts {
        match undone
            .get(&target(account))
            .map(|reversal| reversal.then.as_ref())
        {
            None => accounts.push(account),
            Some(Some(Record::Account(then))) => accounts.push(then),
            Some(_) => {}
        }
    }
    let mut holders: HashMap<String, &Account> = HashMap::new();
    for account in accounts
        .into_iter()
        .filter(|account| account.state == State::Active)
    {
        for address in account.addresses() {
            let Some(other) = holders
                .insert(address.clone(), account)
                .filter(|other| other.id != account.id)
            else {
                continue;
            };
            for (one, other) in [(account, other), (other, account)] {
                if undone.contains_key(&target(one)) {
                    let (address, by) = (address.clone(), other.name());
                    found.insert(target(one), Reason::AddressTaken { address, by });
                }
            }
        }
    }
}

/// A membership would be left without its account or its group.
fn lost_members(
    console: &Console,
    undone: &HashMap<&Target, &Reversal>,
    found: &mut HashMap<Target, Reason>,
) {
    let removed = |target: &Target| undone.get(target).is_some_and(|one| one.then.is_none());
    let accounts: HashSet<&str> = console.accounts.iter().map(|one| one.id.as_str()).collect();
    let groups: HashSet<&str> = console.groups.iter().map(|one| one.id.as_str()).collect();
    for target in undone.keys() {
        let Target::Membership { group, account } = target else {
            continue;
        };
        let is_there = accounts.contains(account.as_str()) && groups.contains(group.as_str());
        if !is_there && !removed(target) {
            found.insert((*target).clone(), Reason::MembershipLost);
        }
    }
    for (group, members) in &console.members {
        let group_target = Target::Group { group: group.clone() };
        for account in members {
            let membership = Target::Membership {
                group: group.clone(),
                account: account.clone(),
            };
            let account_target = Target::User {
                account: account.clone(),
            };
            if removed(&membership) {
                continue;
            }
            for target in [&group_target, &account_target] {
                if removed(target) {
                    found.insert(target.clone(), Reason::MembershipSince);
                }
            }
        }
    }
}

fn key_of(target: &Target) -> Key {
    match target {
        Target::User { account } => Key::named(Space::Account, account),
        Target::Group { group } => Key::named(Space::ConsoleGroup, group),
        Target::Membership { group, account } => Key::pair(Space::ConsoleMember, group, account),
    }
}

fn section(target: &Target) -> u8 {
    match target {
        Target::User { .. } => 0,
        Target::Group { .. } => 1,
        Target::Membership { .. } => 2,
    }
}

fn notice(change: &Change, why: Reason) -> Notice {
    Notice {
        name: change.name.clone(),
        detail: change.detail.clone(),
        why,
    }
}
