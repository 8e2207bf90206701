//! Create, replace, patch and delete. Each is one turn of the store: what it touches appears
//! whole or not at all. The caller settles the store before it answers.

use jiff::Timestamp;
use scim::dialect::{Notes, Quirk};
use scim::error::ScimError;
use scim::patch::{Member, MemberChange, Patch, members_of};
use scim::resource::Object;
use uuid::Uuid;

use super::attributes::{differences, for_the_log};
use super::indexes::{put_indexed, remove_indexed};
use super::members::{MembersChanged, change_members, leave_all_groups, remove_all_members};
use super::{Directory, Kind, Resource, ResourceChange};
use crate::error::Result;
use crate::plan::FieldChange;
use crate::store::{Key, Space, Transaction};
use crate::sync::pending;

impl Directory<'_> {
    /// Stores a new resource. `object` is an accepted body. Fails with a SCIM 409 if its name
    /// is taken, in whatever case.
    pub fn create(&self, kind: Kind, object: Object, notes: &mut Notes) -> Result<ResourceChange> {
        let now = self.clock.now();
        self.write(kind, |turn| {
            let id = next_id(turn, now)?;
            store_new(turn, kind, id, now, object, notes)
        })
    }

    /// An id for a resource that [`Directory::create_as`] will store, or nobody: no other
    /// resource will ever have it. Bulk needs ids before it writes (RFC 7644 §3.7.2).
    pub fn new_id(&self, _: Kind) -> Result<String> {
        let now = self.clock.now();
        self.store.write(|turn| next_id(turn, now))
    }

    /// [`Directory::create`] with an id from [`Directory::new_id`]. Fails also with a SCIM 409 if
    /// a resource has the id already, and with a 400 if it is none of ours.
    pub fn create_as(
        &self,
        kind: Kind,
        id: &str,
        object: Object,
        notes: &mut Notes,
    ) -> Result<ResourceChange> {
        let now = self.clock.now();
        if !Uuid::parse_str(id).is_ok_and(|uuid| uuid.to_string() == id) {
            return Err(ScimError::invalid_value("id", "an id given by this server is expected").into());
        }
        self.write(kind, |turn| {
            for taken in [Kind::User, Kind::Group] {
                if turn.contains(&Key::named(taken.records(), id))? {
                    return Err(ScimError::uniqueness("id", id).into());
                }
            }
            store_new(turn, kind, id.to_owned(), now, object, notes)
        })
    }

    /// Replaces a resource's attributes (RFC 7644 §3.5.1): what is left out is cleared.
    pub fn replace(
        &self,
        kind: Kind,
        id: &str,
        object: &Object,
        notes: &mut Notes,
    ) -> Result<ResourceChange> {
        self.change(kind, id, notes, |resource, _| {
            let mut object = object.clone();
            let members = take_members(kind, &mut object);
            resource.attributes = object;
            Ok(match kind {
                Kind::User => Vec::new(),
                Kind::Group => vec![MemberChange::ReplaceAll(members)],
            })
        })
    }

    /// Applies a PATCH (RFC 7644 §3.5.2), all of it or nothing.
    pub fn patch(&self, kind: Kind, id: &str, patch: &Patch, notes: &mut Notes) -> Result<ResourceChange> {
        self.change(kind, id, notes, |resource, notes| {
            let (members, rest) = match kind {
                Kind::User => (Vec::new(), patch.clone()),
                Kind::Group => patch.clone().split_members()?,
            };
            rest.apply(kind.resource_type(), &mut resource.attributes, notes)?;
            Ok(members)
        })
    }

    /// Removes a resource, and with it its memberships: those of a user or a group in groups, and
    /// those in a group. Fails with a SCIM 404 if there is none.
    pub fn delete(&self, kind: Kind, id: &str) -> Result<ResourceChange> {
        let now = self.clock.now();
        self.write(kind, |turn| {
            let resource = self.read(turn, kind, id)?;
            remove_indexed(turn, kind, &resource)?;
            for group in leave_all_groups(turn, id)? {
                touch(turn, &group, now)?;
            }
            if kind == Kind::Group {
                remove_all_members(turn, id)?;
            }
            pending::note_change(turn)?;
            let modified = differences(kind.name(), &resource.attributes, &Object::new());
            Ok(ResourceChange {
                resource,
                changed: true,
                modified: for_the_log(modified),
            })
        })
    }

    /// The common course of replace and patch: read, let `edit` work on it, and store the
    /// outcome if it differs. A value set again leaves version and lastModified alone.
    fn change(
        &self,
        kind: Kind,
        id: &str,
        notes: &mut Notes,
        edit: impl FnOnce(&mut Resource, &mut Notes) -> Result<Vec<MemberChange>>,
    ) -> Result<ResourceChange> {
        let now = self.clock.now();
        self.write(kind, |turn| {
            let before = self.read(turn, kind, id)?;
            let mut after = before.clone();
            let members = edit(&mut after, notes)?;
            let moved = change_members(turn, id, members)?;
            note_unknown(&moved, notes);
            let mut modified = differences(kind.name(), &before.attributes, &after.attributes);
            modified.extend(member_changes(&moved));
            let changed = before.attributes != after.attributes || !moved.is_empty();
            if changed {
                after.version += 1;
                after.modified = now;
                put_indexed(turn, kind, Some(&before), &after)?;
                pending::note_change(turn)?;
            }
            Ok(ResourceChange {
                resource: after,
                changed,
                modified: for_the_log(modified),
            })
        })
    }

    /// A turn that may change a resource, with its draft of a log event if it does.
    fn write(
        &self,
        kind: Kind,
        work: impl FnOnce(&mut Transaction<'_>) -> Result<ResourceChange>,
    ) -> Result<ResourceChange> {
        let done = self.store.write(|turn| {
            let change = work(turn)?;
            if let Some(draft) = self.draft.filter(|_| change.changed) {
                let resource = &change.resource;
                draft.put(turn, resource.name(kind), &resource.id, &change.modified)?;
            }
            Ok(change)
        });
        if let (Err(_), Some(draft)) = (&done, self.draft) {
            draft.withdraw();
        }
        done
    }

    fn read(&self, turn: &Transaction<'_>, kind: Kind, id: &str) -> Result<Resource> {
        let found = turn.get(&Key::named(kind.records(), id))?;
        let resource = found.ok_or_else(|| ScimError::not_found(kind.name(), id))?;
        if let Some(precondition) = self.precondition {
            // Nobody else writes during this turn, so the groups are those the write will meet.
            precondition(&self.etag(kind, &resource)?)?;
        }
        Ok(resource)
    }
}

/// The key under which the id given last is remembered.
pub(crate) const LAST_ID: &str = "last id";

/// Ids sort by age, so that pages stay where they are while new resources arrive. Two of one
/// millisecond, and one made after the clock was set back, follow the newest there is. None is
/// given twice, and none to a user and a group.
fn next_id(turn: &mut Transaction<'_>, now: Timestamp) -> Result<String> {
    let seconds = u64::try_from(now.as_second()).unwrap_or_default();
    let nanoseconds = u32::try_from(now.subsec_nanosecond()).unwrap_or_default();
    let made = Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, seconds, nanoseconds));
    let key = Key::named(Space::Meta, LAST_ID);
    // The newest records tell of ids given before the last one was remembered.
    let mut given = vec![turn.get::<String>(&key)?];
    for kind in [Kind::User, Kind::Group] {
        let newest = turn.before().keys(&Key::all(kind.records())).next_back();
        given.push(newest.transpose()?);
    }
    let last = given
        .into_iter()
        .flatten()
        .filter_map(|id| Uuid::parse_str(&id).ok())
        .max();
    let id = match last {
        Some(last) if last >= made => Uuid::from_u128(last.as_u128().saturating_add(1)),
        _ => made,
    };
    let id = id.to_string();
    turn.put(&key, &id)?;
    Ok(id)
}

/// Stores a new resource under an id that nobody has, with its indexes and members.
fn store_new(
    turn: &mut Transaction<'_>,
    kind: Kind,
    id: String,
    now: Timestamp,
    mut object: Object,
    notes: &mut Notes,
) -> Result<ResourceChange> {
    let members = take_members(kind, &mut object);
    let resource = Resource {
        id,
        created: now,
        modified: now,
        version: 1,
        attributes: object,
    };
    put_indexed(turn, kind, None, &resource)?;
    let added = change_members(turn, &resource.id, vec![MemberChange::Add(members)])?;
    note_unknown(&added, notes);
    pending::note_change(turn)?;
    let mut modified = differences(kind.name(), &Object::new(), &resource.attributes);
    modified.extend(member_changes(&added));
    Ok(ResourceChange {
        resource,
        changed: true,
        modified: for_the_log(modified),
    })
}

fn take_members(kind: Kind, object: &mut Object) -> Vec<Member> {
    match kind {
        Kind::User => Vec::new(),
        Kind::Group => members_of(object),
    }
}

/// A group whose members changed through somebody else's removal.
fn touch(turn: &mut Transaction<'_>, group: &str, now: Timestamp) -> Result<()> {
    let key = Key::named(Space::Group, group);
    if let Some(mut resource) = turn.get::<Resource>(&key)? {
        resource.version += 1;
        resource.modified = now;
        turn.put(&key, &resource)?;
    }
    Ok(())
}

fn note_unknown(changed: &MembersChanged, notes: &mut Notes) {
    for id in &changed.unknown {
        notes.add(
            Quirk::UnknownMember,
            "members",
            format!("`members` names {id}, which is no user or group of this directory; it was left out and the others were kept."),
        );
    }
}

fn member_changes(changed: &MembersChanged) -> Vec<FieldChange> {
    let row = |before: Option<&String>, after: Option<&String>| FieldChange {
        key: "members".to_owned(),
        label: "Members".to_owned(),
        path: "members".to_owned(),
        before: before.cloned(),
        after: after.cloned(),
    };
    let added = changed.added.iter().map(|id| row(None, Some(id)));
    let removed = changed.removed.iter().map(|id| row(Some(id), None));
    let renamed = changed.renamed.iter().map(|(id, [before, after])| FieldChange {
        path: format!("members[{id}].display"),
        ..row(before.as_ref(), after.as_ref())
    });
    added.chain(removed).chain(renamed).collect()
}
