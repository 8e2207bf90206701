//! Users, groups, their indexes and their memberships.

use super::look::{Found, Look, parts, shown};
use crate::directory::{self, GroupMember, Kind, Resource};
use crate::error::Result;
use crate::store::{Key, Space};

/// Every resource is found by its name and by everything else it is indexed by.
pub(super) fn records(look: &mut Look<'_, '_>, kind: Kind, what: &'static str) -> Result<()> {
    look.each(kind.records(), |look, rest, resource: Resource| {
        look.count(what);
        if rest != resource.id.as_bytes() {
            look.find(format!(
                "The {} under the key {} says that its id is \"{}\".",
                kind.records().noun(),
                shown(rest),
                resource.id
            ));
            return Ok(());
        }
        is_named(look, kind, &resource)?;
        for entry in directory::entries(kind, &resource) {
            if !look.is_there(&entry)? {
                let sentence = format!(
                    "{} is not found by {}: the entry is missing.",
                    called(kind, &resource),
                    by(entry.space())
                );
                look.put(sentence, &entry, &())?;
            }
        }
        Ok(())
    })
}

fn is_named(look: &mut Look<'_, '_>, kind: Kind, resource: &Resource) -> Result<()> {
    let folded = resource.folded_name(kind);
    let key = Key::named(kind.names(), &folded);
    let Some(holder) = look.read::<String>(&key)? else {
        let sentence = format!(
            "{} is not found by its {}: the entry is missing.",
            called(kind, resource),
            kind.name_attribute()
        );
        return look.put(sentence, &key, &resource.id);
    };
    if holder == resource.id {
        return Ok(());
    }
    let twin = directory::twin(kind, &folded, &resource.id);
    let has_it = match look.found::<Resource>(&Key::named(kind.records(), &holder))? {
        Found::Record(other) => other.folded_name(kind) == folded,
        // It may have it.
        Found::Unreadable => true,
        Found::Nothing => false,
    };
    if has_it {
        // Two that count as one since names are compared as they are: told when it came to be.
        if look.read::<String>(&twin)?.as_deref() == Some(&resource.id) {
            return Ok(());
        }
        let sentence = format!(
            "{} has the {} of {holder}, and is not found by it.",
            called(kind, resource),
            kind.name_attribute()
        );
        return look.put(sentence, &twin, &resource.id);
    }
    let sentence = format!(
        "{} is not found by its {}: the entry leads to {holder}, which does not have that name.",
        called(kind, resource),
        kind.name_attribute()
    );
    look.put(sentence, &key, &resource.id)
}

/// Every entry of the index of names leads to a resource of that name.
pub(super) fn names(look: &mut Look<'_, '_>, kind: Kind) -> Result<()> {
    look.each(kind.names(), |look, rest, id: String| {
        look.count("index entries");
        let key = Key::raw(kind.names(), rest);
        if look.read::<String>(&key)?.as_ref() != Some(&id) {
            return Ok(()); // Its record has told of it, and has mended it.
        }
        let fits = match look.found::<Resource>(&Key::named(kind.records(), &id))? {
            Found::Record(resource) => {
                let folded = resource.folded_name(kind);
                rest == folded.as_bytes() || key == directory::twin(kind, &folded, &id)
            }
            Found::Nothing => false,
            Found::Unreadable => {
                look.find(kept(kind.name_attribute(), rest, &id));
                true
            }
        };
        if !fits {
            let sentence = format!(
                "The {} {} leads to {id}, which does not have it.",
                kind.name_attribute(),
                shown(rest)
            );
            look.remove(sentence, &key);
        }
        Ok(())
    })
}

/// Every entry of the other indexes leads to a resource that has the value.
pub(super) fn entries(look: &mut Look<'_, '_>) -> Result<()> {
    for (space, kind) in [
        (Space::UserExternal, Kind::User),
        (Space::UserEmail, Kind::User),
        (Space::UserManager, Kind::User),
        (Space::GroupExternal, Kind::Group),
    ] {
        look.each(space, |look, rest, ()| {
            look.count("index entries");
            let key = Key::raw(space, rest);
            let fits = match parts(rest) {
                Some((_, id)) => match look.found::<Resource>(&Key::named(kind.records(), &id))? {
                    Found::Record(owner) => directory::entries(kind, &owner).contains(&key),
                    Found::Nothing => false,
                    Found::Unreadable => {
                        look.find(kept(by(space).trim_start_matches("its "), rest, &id));
                        true
                    }
                },
                None => false,
            };
            if !fits {
                let sentence = format!(
                    "The index of {} has an entry {} that no {} has.",
                    by(space).trim_start_matches("its "),
                    shown(rest),
                    kind.records().noun()
                );
                look.remove(sentence, &key);
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// Every member of a group is there, and knows that it is one.
pub(super) fn members(look: &mut Look<'_, '_>) -> Result<()> {
    look.each(Space::Member, |look, rest, member: GroupMember| {
        look.count("memberships");
        let key = Key::raw(Space::Member, rest);
        let Some((group, id)) = parts(rest) else {
            look.remove(
                format!("A membership has the key {}, which is none.", shown(rest)),
                &key,
            );
            return Ok(());
        };
        for (kind, id, what) in [
            (Kind::Group, &group, "its group"),
            (member.kind, &id, "the member"),
        ] {
            if !look.is_there(&Key::named(kind.records(), id))? {
                let sentence = format!(
                    "The membership of {} in the group {} is left over: {what} does not exist.",
                    parts(rest).map(|(_, id)| id).unwrap_or_default(),
                    group
                );
                look.remove(sentence, &key);
                return Ok(());
            }
        }
        let back = Key::pair(Space::Membership, &id, &group);
        if !look.is_there(&back)? {
            let sentence = format!("{id} is a member of the group {group} and does not know it.");
            look.put(sentence, &back, &())?;
        }
        Ok(())
    })
}

/// Everybody who believes to be a member of a group is one.
pub(super) fn memberships(look: &mut Look<'_, '_>) -> Result<()> {
    look.each(Space::Membership, |look, rest, ()| {
        let is_member = match parts(rest) {
            Some((id, group)) => look.is_there(&Key::pair(Space::Member, &group, &id))?,
            None => false,
        };
        if !is_member {
            let (id, group) = parts(rest).unwrap_or_else(|| (shown(rest), "none".to_owned()));
            let sentence =
                format!("{id} is listed as a member of the group {group}, which does not have it.");
            look.remove(sentence, &Key::raw(Space::Membership, rest));
        }
        Ok(())
    })
}

/// An entry of a record that cannot be read.
fn kept(what: &str, rest: &[u8], id: &str) -> String {
    format!(
        "The {what} {} leads to {id}, which cannot be read; the entry is kept.",
        shown(rest)
    )
}

fn called(kind: Kind, resource: &Resource) -> String {
    format!(
        "The {} {} (\"{}\")",
        kind.records().noun(),
        resource.id,
        resource.name(kind)
    )
}

fn by(space: Space) -> &'static str {
    match space {
        Space::UserEmail => "its e-mail address",
        Space::UserManager => "its manager",
        _ => "its externalId",
    }
}
