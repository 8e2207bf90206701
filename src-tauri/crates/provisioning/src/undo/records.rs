//! Accounts, groups and memberships as values that can be compared field by field.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::accounts::{Account, ConsoleGroup, ManagedBy, State};
use crate::plan::{FieldChange, field_of_account, field_of_group, keys};

/// An object of the console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Record {
    /// An account.
    Account(Account),
    /// A group.
    Group(ConsoleGroup),
    /// A membership, which is there or is not.
    Member,
}

/// What became of taking a change back.
pub(super) enum Merged {
    /// The object as it is to be; `None` removes it.
    Undone(Option<Record>),
    /// These fields have other values than the change gave them; all of it, where there are none.
    ChangedSince(Vec<String>),
    /// It is as it was before.
    AsBefore,
}

/// Takes back what made `after` of `before`, in an object that is `now` perhaps something else.
pub(super) fn merge(
    before: Option<Record>,
    after: Option<Record>,
    now: Option<Record>,
    at: Timestamp,
) -> Merged {
    if now == after {
        return Merged::Undone(before);
    }
    if now == before {
        return Merged::AsBefore;
    }
    let (Some(before), Some(after), Some(mut then)) = (before, after, now) else {
        return Merged::ChangedSince(Vec::new());
    };
    let (old, new, present) = (before.values(), after.values(), then.values());
    let (mut changed, mut is_undone) = (Vec::new(), false);
    for key in old
        .keys()
        .chain(new.keys())
        .filter(|key| old.get(*key) != new.get(*key))
    {
        if present.get(key) == new.get(key) {
            then.set(key, old.get(key).cloned());
            is_undone = true;
        } else if present.get(key) != old.get(key) {
            changed.push(then.field(key, None, None).label);
        }
    }
    changed.dedup();
    if !changed.is_empty() {
        return Merged::ChangedSince(changed);
    }
    if !is_undone {
        return Merged::AsBefore;
    }
    then.stamp(at);
    Merged::Undone(Some(then))
}

/// The fields in which two records of one object differ.
pub(super) fn differences(now: Option<&Record>, then: Option<&Record>) -> Vec<FieldChange> {
    let Some(any) = now.or(then) else {
        return Vec::new();
    };
    let values = |record: Option<&Record>| record.map(Record::values).unwrap_or_default();
    let (now, then) = (values(now), values(then));
    let mut names: Vec<&String> = now.keys().chain(then.keys()).collect();
    names.sort_unstable();
    names.dedup();
    names
        .into_iter()
        .filter(|key| now.get(*key) != then.get(*key))
        .map(|key| any.field(key, now.get(key).cloned(), then.get(key).cloned()))
        .collect()
}

impl Record {
    /// Whether it is active or archived, if it can be either.
    pub(super) fn state(&self) -> Option<State> {
        match self {
            Self::Account(account) => Some(account.state),
            Self::Group(group) => Some(group.state),
            Self::Member => None,
        }
    }

    /// What a sync can change, as text; absent is blank.
    fn values(&self) -> BTreeMap<String, String> {
        let (mut values, state, managed_by, link) = match self {
            Self::Account(account) => {
                let mut values = account.fields.clone();
                values.insert(keys::EMAIL.to_owned(), account.email.clone());
                if !account.aliases.is_empty() {
                    values.insert(keys::ALIASES.to_owned(), account.aliases.join("; "));
                }
                (values, account.state, account.managed_by, &account.link)
            }
            Self::Group(group) => {
                let values = BTreeMap::from([(keys::NAME.to_owned(), group.name.clone())]);
                (values, group.state, group.managed_by, &group.link)
            }
            Self::Member => return BTreeMap::new(),
        };
        values.insert(keys::STATE.to_owned(), state.name().to_owned());
        values.insert(keys::MANAGED_BY.to_owned(), managed_by.name().to_owned());
        values.extend(link.clone().map(|link| (keys::LINK.to_owned(), link)));
        values
    }

    fn set(&mut self, key: &str, value: Option<String>) {
        let text = value.clone().unwrap_or_default();
        match (self, key) {
            (Self::Account(account), keys::EMAIL) => account.email = text,
            (Self::Account(account), keys::ALIASES) => {
                account.aliases = text
                    .split("; ")
                    .filter(|one| !one.is_empty())
                    .map(str::to_owned)
                    .collect();
            }
            (Self::Account(Account { state, .. }) | Self::Group(ConsoleGroup { state, .. }), keys::STATE) => {
                *state = State::parse(&text).unwrap_or(*state);
            }
            (
                Self::Account(Account { managed_by, .. }) | Self::Group(ConsoleGroup { managed_by, .. }),
                keys::MANAGED_BY,
            ) => *managed_by = ManagedBy::parse(&text).unwrap_or(*managed_by),
            (Self::Account(Account { link, .. }) | Self::Group(ConsoleGroup { link, .. }), keys::LINK) => {
                *link = value;
            }
            (Self::Group(group), keys::NAME) => group.name = text,
            (Self::Account(account), key) => match value {
                Some(value) => {
                    account.fields.insert(key.to_owned(), value);
                }
                None => {
                    account.fields.remove(key);
                }
            },
            (Self::Group(_) | Self::Member, _) => {}
        }
    }

    fn stamp(&mut self, at: Timestamp) {
        match self {
            Self::Account(account) => account.changed = at,
            Self::Group(group) => group.changed = at,
            Self::Member => {}
        }
    }

    fn field(&self, key: &str, before: Option<String>, after: Option<String>) -> FieldChange {
        match self {
            Self::Group(_) => field_of_group(key, before, after),
            Self::Account(_) | Self::Member => field_of_account(key, before, after),
        }
    }
}
