//! Making a plan's changes to the console. Nothing else writes accounts on behalf of a sync.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

#[cfg(test)]
use crate::accounts::Console;
use crate::accounts::{Account, ConsoleGroup, ManagedBy, State};
use crate::error::Result;
use crate::plan::{Action, Change, FieldChange, Target, keys};
use crate::store::{Key, Space, Transaction};

/// Makes the changes of a run as part of a turn: all of them appear at once, or none. What is not
/// new is kept as it stood before, for whoever undoes the run.
pub(crate) fn apply<'a>(
    turn: &mut Transaction<'_>,
    run: u64,
    changes: impl Iterator<Item = &'a Change>,
    now: Timestamp,
) -> Result<()> {
    for (place, change) in (0..).zip(changes) {
        let image = Key::numbered_pair(Space::Before, run, place);
        match &change.target {
            Target::User { account } => {
                let key = Key::named(Space::Account, account);
                let before: Option<Account> = turn.get(&key)?;
                keep(turn, &image, before.as_ref())?;
                turn.put(&key, &account_after(before, account, change, now))?;
            }
            Target::Group { group } => {
                let key = Key::named(Space::ConsoleGroup, group);
                let before: Option<ConsoleGroup> = turn.get(&key)?;
                keep(turn, &image, before.as_ref())?;
                turn.put(&key, &group_after(before, group, change, now))?;
            }
            Target::Membership { group, account } => {
                let key = Key::pair(Space::ConsoleMember, group, account);
                match change.action {
                    Action::Archive => turn.remove(&key),
                    _ => turn.put(&key, &())?,
                }
            }
        }
    }
    Ok(())
}

fn keep<T: Serialize>(turn: &mut Transaction<'_>, image: &Key, before: Option<&T>) -> Result<()> {
    before.map_or(Ok(()), |before| turn.put(image, before))
}

/// What `changes` make of a console that is in no store.
#[cfg(test)]
pub(crate) fn applied(console: &Console, changes: &[Change], now: Timestamp) -> Console {
    let accounts = console.accounts.iter().cloned();
    let mut accounts: BTreeMap<String, Account> = accounts.map(|one| (one.id.clone(), one)).collect();
    let groups = console.groups.iter().cloned();
    let mut groups: BTreeMap<String, ConsoleGroup> = groups.map(|one| (one.id.clone(), one)).collect();
    let mut members = console.members.clone();
    for change in changes {
        match &change.target {
            Target::User { account } => {
                let after = account_after(accounts.remove(account), account, change, now);
                accounts.insert(account.clone(), after);
            }
            Target::Group { group } => {
                let after = group_after(groups.remove(group), group, change, now);
                groups.insert(group.clone(), after);
            }
            Target::Membership { group, account } if change.action == Action::Archive => {
                members.entry(group.clone()).or_default().remove(account);
            }
            Target::Membership { group, account } => {
                members.entry(group.clone()).or_default().insert(account.clone());
            }
        }
    }
    Console {
        accounts: accounts.into_values().collect(),
        groups: groups.into_values().collect(),
        members,
    }
}

/// The account that `change` makes of `before`.
pub(crate) fn account_after(before: Option<Account>, id: &str, change: &Change, now: Timestamp) -> Account {
    let mut after = before.unwrap_or_else(|| Account {
        id: id.to_owned(),
        email: String::new(),
        aliases: Vec::new(),
        state: State::Active,
        managed_by: ManagedBy::Scim,
        exempt: false,
        protected: false,
        link: None,
        fields: BTreeMap::new(),
        changed: now,
    });
    after.state = state_after(change.action, after.state);
    after.changed = now;
    // One that nobody in the directory stands behind stays whose it was.
    if change.directory.is_some() {
        after.managed_by = ManagedBy::Scim;
        after.link.clone_from(&change.directory);
    }
    for field in &change.fields {
        set(&mut after, field);
    }
    after
}

/// The group that `change` makes of `before`.
pub(crate) fn group_after(
    before: Option<ConsoleGroup>,
    id: &str,
    change: &Change,
    now: Timestamp,
) -> ConsoleGroup {
    let mut after = before.unwrap_or_else(|| ConsoleGroup {
        id: id.to_owned(),
        name: String::new(),
        state: State::Active,
        managed_by: ManagedBy::Scim,
        link: None,
        changed: now,
    });
    after.state = state_after(change.action, after.state);
    after.changed = now;
    if change.action != Action::Archive {
        after.managed_by = ManagedBy::Scim;
        after.name.clone_from(&change.name);
        after.link.clone_from(&change.directory);
    }
    after
}

/// An archived account that gives its address up is changed and stays archived.
fn state_after(action: Action, before: State) -> State {
    match action {
        Action::Archive => State::Archived,
        Action::Create | Action::Restore => State::Active,
        Action::Change => before,
    }
}

fn set(account: &mut Account, field: &FieldChange) {
    match (field.key.as_str(), &field.after) {
        // Who manages it, its state and its link follow from the action.
        (keys::STATE | keys::MANAGED_BY | keys::LINK, _) => {}
        (keys::ALIASES, kept) => {
            let kept = kept.as_deref().unwrap_or_default();
            account
                .aliases
                .retain(|alias| kept.split("; ").any(|one| one == alias));
        }
        (keys::EMAIL, Some(address)) => account.email.clone_from(address),
        (key, Some(value)) => {
            account.fields.insert(key.to_owned(), value.clone());
        }
        (key, None) => {
            account.fields.remove(key);
        }
    }
}
