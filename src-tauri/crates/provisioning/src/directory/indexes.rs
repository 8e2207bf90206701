//! The keys by which a resource is found without looking at every one: its name, which is unique,
//! its externalId, and a user's e-mail addresses and manager. They move with the record, in the
//! same turn, so that an index never says less than the records do.

use std::collections::{BTreeSet, HashSet};

use jiff::Timestamp;
use scim::error::ScimError;
use scim::schemas::ENTERPRISE_URN;
use serde_json::Value;

use super::{Kind, Resource};
use crate::accounts::fold;
use crate::error::{Error, Result};
use crate::journal::{self, Event, EventKind, Status};
use crate::store::{FORMAT, Key, Space, Store, Transaction};

/// Bytes of a value that is indexed at most; who looks for a longer one looks at every record.
const LONGEST: usize = 1_024;

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
    put_name(turn, kind, before, after)?;
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
pub(super) fn remove_indexed(turn: &mut Transaction<'_>, kind: Kind, resource: &Resource) -> Result<()> {
    turn.remove(&Key::named(kind.records(), &resource.id));
    remove_name(turn, kind, &resource.folded_name(kind), &resource.id)?;
    for entry in entries(kind, resource) {
        turn.remove(&entry);
    }
    Ok(())
}

/// The key of a resource whose name another one has. Only [`bring_up_to_date`] lets that be: what
/// an older version took for two names may be one today.
pub(crate) fn twin(kind: Kind, folded: &str, id: &str) -> Key {
    Key::pair(kind.names(), folded, id)
}

/// The ids of the resources with this name, folded: one, or more if they were stored before their
/// names were taken for one.
pub(super) fn ids_named(store: &Store, kind: Kind, folded: &str) -> Result<BTreeSet<String>> {
    let mut ids: BTreeSet<String> = store
        .keys(&Key::under(kind.names(), folded))
        .collect::<Result<_>>()?;
    ids.extend(store.get::<String>(&Key::named(kind.names(), folded))?);
    Ok(ids)
}

/// Gives a resource its name in the index. Fails with a SCIM 409 if another one has it, and with a
/// 400 if it holds the character that separates the parts of a key.
fn put_name(
    turn: &mut Transaction<'_>,
    kind: Kind,
    before: Option<&Resource>,
    after: &Resource,
) -> Result<()> {
    let old = before.map(|before| before.folded_name(kind));
    let new = after.folded_name(kind);
    let has_moved = old.as_deref() != Some(new.as_str());
    if has_moved && new.contains('\0') {
        // It separates the parts of a key; no name that a person can type has one.
        let why = "it holds the character U+0000, which no name may have; leave it out";
        return Err(ScimError::invalid_value(kind.name_attribute(), why).into());
    }
    let key = Key::named(kind.names(), &new);
    match turn.get::<String>(&key)? {
        Some(holder) if holder == after.id => {}
        Some(_) if has_moved => {
            return Err(ScimError::uniqueness(kind.name_attribute(), after.name(kind)).into());
        }
        // It had this name when that was not yet another one's.
        Some(_) => {}
        None => {
            turn.put(&key, &after.id)?;
            turn.remove(&twin(kind, &new, &after.id));
        }
    }
    match old.filter(|_| has_moved) {
        Some(old) => remove_name(turn, kind, &old, &after.id),
        None => Ok(()),
    }
}

/// Takes a name from a resource. If another one had it as well, it is now that one's alone.
fn remove_name(turn: &mut Transaction<'_>, kind: Kind, folded: &str, id: &str) -> Result<()> {
    let key = Key::named(kind.names(), folded);
    if turn.get::<String>(&key)?.as_deref() != Some(id) {
        turn.remove(&twin(kind, folded, id));
        return Ok(());
    }
    turn.remove(&key);
    let heir = turn.before().keys(&Key::under(kind.names(), folded)).next();
    if let Some(heir) = heir.transpose()? {
        turn.remove(&twin(kind, folded, &heir));
        turn.put(&key, &heir)?;
    }
    Ok(())
}

/// Every entry of a resource but its name's.
pub(crate) fn entries(kind: Kind, resource: &Resource) -> HashSet<Key> {
    let mut entries = HashSet::new();
    if let Some(external) = resource.external_id() {
        entries.insert(Key::pair(kind.externals(), external, &resource.id));
    }
    if kind == Kind::User {
        entries.extend(user_entries(resource));
    }
    entries
}

/// The entries that only users have; they came with format 2.
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

/// Makes the indexes of a store of an older version anew, as part of a turn: names and addresses
/// are folded in another way since format 2 ([`fold`]), which also has more indexes. Of two
/// resources whose names are one by now the older keeps it and the log tells of the other; both
/// stay as they are. A record that cannot be read stays as it is, too.
pub(crate) fn bring_up_to_date(turn: &mut Transaction<'_>, now: Timestamp) -> Result<()> {
    let store = turn.before();
    for space in REBUILT {
        for rest in store.keys(&Key::all(space)) {
            turn.remove(&Key::named(space, &rest?));
        }
    }
    for kind in [Kind::User, Kind::Group] {
        for resource in store.scan::<Resource>(&Key::all(kind.records())) {
            match resource {
                Ok((_, resource)) => index_again(turn, kind, &resource, now)?,
                Err(Error::Damaged { what, reason }) => {
                    tracing::warn!(reason, "a {what} cannot be read and is not indexed");
                }
                Err(other) => return Err(other),
            }
        }
    }
    turn.put(&Key::named(Space::Meta, "format"), &FORMAT)
}

/// The indexes that format 2 changed or added.
const REBUILT: [Space; 4] = [
    Space::UserName,
    Space::GroupName,
    Space::UserEmail,
    Space::UserManager,
];

fn index_again(turn: &mut Transaction<'_>, kind: Kind, resource: &Resource, now: Timestamp) -> Result<()> {
    let folded = resource.folded_name(kind);
    let key = Key::named(kind.names(), &folded);
    match turn.get::<String>(&key)? {
        None => turn.put(&key, &resource.id)?,
        Some(older) => {
            turn.put(&twin(kind, &folded, &resource.id), &resource.id)?;
            journal::append(turn, &mut same_name(kind, resource, &older, now))?;
        }
    }
    for entry in entries(kind, resource) {
        turn.put(&entry, &())?;
    }
    Ok(())
}

/// What the log says of a resource whose name is another one's by now.
fn same_name(kind: Kind, resource: &Resource, older: &str, now: Timestamp) -> Event {
    let mut event = Event::new(EventKind::Admin, now, "Update data directory", "SCIM Desk");
    event.status = Status::Warning;
    resource.name(kind).clone_into(&mut event.identity);
    event.target.clone_from(&resource.id);
    event.reason = format!(
        "{} and {older} have {} that count as one since this version (letter case, accents and widths are compared as RFC 7613 has it). Both were kept; rename or remove one at the identity provider.",
        resource.id,
        match kind {
            Kind::User => "user names",
            Kind::Group => "group names",
        },
    );
    event
}
