//! The keys by which a resource is found without looking at every one: its name, which is unique,
//! its externalId, and a user's e-mail addresses and manager. They move with the record, in the
//! same turn, so that an index never says less than the records do.

use std::collections::HashSet;

use scim::error::ScimError;
use scim::schemas::ENTERPRISE_URN;
use serde_json::Value;

use super::{Kind, Resource};
use crate::accounts::fold;
use crate::error::{Error, Result};
use crate::store::{FORMAT, Key, Space, Store, Transaction};

/// Bytes of a value that is indexed at most; who looks for a longer one looks at every record.
const LONGEST: usize = 1_024;

/// Users whose entries are written in one turn when an older store is opened.
const AT_ONCE: usize = 1_000;

/// What a text is found by in the index of e-mail addresses, if it can be in it.
pub(super) fn address_entry(text: &str) -> Option<String> {
    Some(fold(text)).filter(|folded| folded.len() <= LONGEST)
}

/// What a manager's id is found by in the index of managers, if it can be in it.
pub(super) fn manager_entry(id: &str) -> Option<&str> {
    (id.len() <= LONGEST).then_some(id)
}

/// Puts a resource and moves its index entries. Fails with a SCIM 409 if the name is taken.
pub(super) fn put_indexed(
    turn: &mut Transaction<'_>,
    kind: Kind,
    before: Option<&Resource>,
    after: &Resource,
) -> Result<()> {
    let old_name = before.map(|resource| resource.folded_name(kind));
    let new_name = after.folded_name(kind);
    if old_name.as_deref() != Some(new_name.as_str()) {
        let key = Key::named(kind.names(), &new_name);
        if turn.contains(&key)? {
            return Err(ScimError::uniqueness(kind.name_attribute(), after.name(kind)).into());
        }
        if let Some(old) = &old_name {
            turn.remove(&Key::named(kind.names(), old));
        }
        turn.put(&key, &after.id)?;
    }
    let old = before.map(|before| entries(kind, before)).unwrap_or_default();
    let new = entries(kind, after);
    for gone in old.difference(&new) {
        turn.remove(gone);
    }
    for come in new.difference(&old) {
        turn.put(come, &())?;
    }
    turn.put(&Key::named(kind.records(), &after.id), after)
}

/// Removes a resource and its index entries.
pub(super) fn remove_indexed(turn: &mut Transaction<'_>, kind: Kind, resource: &Resource) {
    turn.remove(&Key::named(kind.records(), &resource.id));
    turn.remove(&Key::named(kind.names(), &resource.folded_name(kind)));
    for entry in entries(kind, resource) {
        turn.remove(&entry);
    }
}

/// Every entry of a resource but its name's.
fn entries(kind: Kind, resource: &Resource) -> HashSet<Key> {
    let mut entries = HashSet::new();
    if let Some(external) = resource.external_id() {
        entries.insert(Key::pair(kind.externals(), external, &resource.id));
    }
    if kind == Kind::User {
        entries.extend(user_entries(resource));
    }
    entries
}

/// The entries of format 2.
fn user_entries(user: &Resource) -> impl Iterator<Item = Key> + '_ {
    let emails = user.attributes.get("emails").and_then(Value::as_array);
    let addresses = emails
        .into_iter()
        .flatten()
        .filter_map(|email| address_entry(email.get("value")?.as_str()?))
        .map(|address| Key::pair(Space::UserEmail, &address, &user.id));
    let manager = user
        .attributes
        .get(ENTERPRISE_URN)
        .and_then(|enterprise| enterprise.get("manager")?.get("value")?.as_str())
        .and_then(manager_entry)
        .map(|manager| Key::pair(Space::UserManager, manager, &user.id));
    addresses.chain(manager)
}

/// Gives a store of an older version the entries it lacks. Broken off, it is done again the next
/// time: the format is written last. A record that cannot be read stays as it is.
pub(crate) fn bring_up_to_date(store: &Store) -> Result<()> {
    if store.format()? >= FORMAT {
        return Ok(());
    }
    for space in [Space::UserEmail, Space::UserManager] {
        let stale: Vec<Key> = store
            .keys(&Key::all(space))
            .map(|rest| Ok(Key::named(space, &rest?)))
            .collect::<Result<_>>()?;
        put_entries(store, &stale, |turn, key| {
            turn.remove(key);
            Ok(())
        })?;
    }
    let mut missing = Vec::new();
    for user in store.scan::<Resource>(&Key::all(Space::User)) {
        match user {
            Ok((_, user)) => missing.extend(user_entries(&user)),
            Err(Error::Damaged { what, reason }) => {
                tracing::warn!(reason, "a {what} cannot be read and is not indexed");
            }
            Err(other) => return Err(other),
        }
    }
    put_entries(store, &missing, |turn, key| turn.put(key, &()))?;
    store.settle()?;
    store.write(|turn| turn.put(&Key::named(Space::Meta, "format"), &FORMAT))?;
    store.settle()
}

fn put_entries(
    store: &Store,
    keys: &[Key],
    each: impl Fn(&mut Transaction<'_>, &Key) -> Result<()>,
) -> Result<()> {
    keys.chunks(AT_ONCE)
        .try_for_each(|chunk| store.write(|turn| chunk.iter().try_for_each(|key| each(turn, key))))
}
