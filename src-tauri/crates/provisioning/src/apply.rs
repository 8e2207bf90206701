//! Making a plan's changes to the console. Nothing else writes accounts on behalf of a sync.

use std::collections::BTreeMap;

use jiff::Timestamp;

#[cfg(test)]
use crate::accounts::Console;
use crate::accounts::{Account, ConsoleGroup, ManagedBy, State};
use crate::error::Result;
use crate::plan::{Action, Change, FieldChange, Target, keys};
use crate::store::{Key, Space, Transaction};

/// Makes `changes` as part of a turn: all of them appear at once, or none.
pub(crate) fn apply(turn: &mut Transaction<'_>, changes: &[Change], now: Timestamp) -> Result<()> {
    for change in changes {
        match &change.target {
            Target::User { account } => {
                let key = Key::named(Space::Account, account);
                let after = account_after(turn.get(&key)?, account, change, now);
                turn.put(&key, &after)?;
            }
            Target::Group { group } => {
                let key = Key::named(Space::ConsoleGroup, group);
                let after = group_after(turn.get(&key)?, group, change, now);
                turn.put(&key, &after)?;
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
fn account_after(before: Option<Account>, id: &str, change: &Change, now: Timestamp) -> Account {
    let mut after = before.unwrap_or_else(|| Account {
        id: id.to_owned(),
        email: String::new(),
        aliases: Vec::new(),
        state: State::Active,
        managed_by: ManagedBy::Scim,
        exempt: false,
        link: None,
        fields: BTreeMap::new(),
        changed: now,
    });
    after.state = state_after(change.action);
    after.changed = now;
    // One that is archived because nobody stands behind it stays whose it was.
    if change.action != Action::Archive || change.directory.is_some() {
        after.managed_by = ManagedBy::Scim;
        after.link.clone_from(&change.directory);
    }
    for field in &change.fields {
        set(&mut after, field);
    }
    after
}

fn group_after(before: Option<ConsoleGroup>, id: &str, change: &Change, now: Timestamp) -> ConsoleGroup {
    let mut after = before.unwrap_or_else(|| ConsoleGroup {
        id: id.to_owned(),
        name: String::new(),
        state: State::Active,
        managed_by: ManagedBy::Scim,
        link: None,
        changed: now,
    });
    after.state = state_after(change.action);
    after.changed = now;
    if change.action != Action::Archive {
        after.managed_by = ManagedBy::Scim;
        after.name.clone_from(&change.name);
        after.link.clone_from(&change.directory);
    }
    after
}

fn state_after(action: Action) -> State {
    match action {
        Action::Archive => State::Archived,
        Action::Create | Action::Change | Action::Restore => State::Active,
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
