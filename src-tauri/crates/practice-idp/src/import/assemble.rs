//! People and groups of a file become an organisation: names are unique, managers and members are
//! found, nobody is above themselves.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::Timestamp;

use super::addresses::settle;
use super::warnings::Warnings;
use super::{Draft, Found, GroupDraft, ImportError, dn};
use crate::organisation::{Group, ObjectId, Organisation, Person, is_name};

/// The organisation; it is not to be used if `found` has errors then.
pub(super) fn organisation(found: &mut Found, now: Timestamp) -> Organisation {
    let mut drafts = std::mem::take(&mut found.people);
    drafts.retain_mut(|draft| name(draft, found));
    let ids = ids(&drafts, found);
    let managers = managers(&drafts, &mut found.warnings);
    let groups = groups(&drafts, &ids, found, now);
    let mut people = BTreeMap::new();
    for ((draft, id), manager) in drafts.into_iter().zip(&ids).zip(managers) {
        let manager = manager.and_then(|place| ids.get(place)).cloned();
        people.insert(
            id.clone(),
            person(draft, id.clone(), manager, now, &mut found.warnings),
        );
    }
    if people.is_empty() && found.errors.is_empty() {
        let sentence = "There is nobody in the file. Export at least one person.";
        found.wrong(ImportError::new(1, sentence));
    }
    Organisation {
        name: domain(&people),
        assigned: people.keys().chain(groups.keys()).cloned().collect(),
        people,
        groups,
        purged: BTreeMap::new(),
    }
}

/// Sees to the names of somebody; returns whether the person is taken.
fn name(draft: &mut Draft, found: &mut Found) -> bool {
    let line = draft.line;
    if draft.may_be_nameless && !draft.attributes.contains_key("userPrincipalName") {
        let Some(mail) = draft.attributes.get("mail").cloned() else {
            found.warnings.line(
                line,
                "An account without userPrincipalName and mail was left out.",
            );
            return false;
        };
        found.warnings.line(
            line,
            "Somebody has no userPrincipalName; the mail address was taken for it.",
        );
        draft.set("userPrincipalName", &mail);
    }
    let name = draft
        .attributes
        .get("userPrincipalName")
        .cloned()
        .unwrap_or_default();
    if !is_name(&name) {
        let sentence = if name.is_empty() {
            "The name to sign in with is missing. Write one such as adelev@contoso.com.".to_owned()
        } else {
            format!("\"{name}\" is no name to sign in with. Write one such as adelev@contoso.com.")
        };
        found.wrong(ImportError::new(line, sentence));
        return false;
    }
    let whole = ["givenName", "surname"].map(|part| draft.attributes.get(part).map_or("", String::as_str));
    let whole = whole.join(" ").trim().to_owned();
    let common = draft.common_name.take().unwrap_or_default();
    for otherwise in [&common, &whole, &name] {
        draft.set("displayName", otherwise);
    }
    let alias = name.split('@').next().unwrap_or_default();
    let account = draft.account_name.take().unwrap_or_default();
    for otherwise in [account.as_str(), alias] {
        draft.set("mailNickname", otherwise);
    }
    true
}

/// The object ids, of which each is there once; so is each name among those who are not deleted.
fn ids(drafts: &[Draft], found: &mut Found) -> Vec<ObjectId> {
    let (mut ids, mut names) = (HashMap::new(), HashMap::new());
    let mut list = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let name = sign_in_name(draft);
        let id = draft.id.map_or_else(
            || ObjectId::named("imported person", name),
            |id| ObjectId::of(&id),
        );
        let earlier = ids
            .insert(id.clone(), draft.line)
            .map(|line| (line, "has this object id"));
        let namesake = match draft.deleted {
            None => names.insert(name.to_lowercase(), draft.line),
            Some(_) => None,
        };
        let earlier = namesake.map(|line| (line, "signs in with this name")).or(earlier);
        if let Some((line, what)) = earlier {
            let sentence =
                format!("Somebody else, in line {line}, {what} already ({name}). Remove one of them.");
            found.wrong(ImportError::new(draft.line, sentence));
        }
        list.push(id);
    }
    list
}

fn sign_in_name(draft: &Draft) -> &str {
    draft
        .attributes
        .get("userPrincipalName")
        .map_or("", String::as_str)
}

/// The place of everybody's manager in the list.
fn managers(drafts: &[Draft], warnings: &mut Warnings) -> Vec<Option<usize>> {
    let places = Places::of(drafts);
    let mut managers: Vec<Option<usize>> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let found = draft.manager.as_ref().map(|text| places.find(text));
        if found == Some(None) {
            warnings.line(
                draft.line,
                "A manager is not in the file, so the person has none.",
            );
        }
        managers.push(found.flatten());
    }
    for place in circles(&managers) {
        if let (Some(manager), Some(draft)) = (managers.get_mut(place), drafts.get(place)) {
            *manager = None;
            warnings.line(
                draft.line,
                "Somebody is their own superior, so the person has no manager here.",
            );
        }
    }
    managers
}

/// Where to find somebody by whatever names them.
struct Places {
    /// Distinguished names.
    by_dn: HashMap<String, usize>,
    /// Other texts, the better ones first; one that means several people has no place.
    others: Vec<HashMap<String, Option<usize>>>,
}

impl Places {
    fn of(drafts: &[Draft]) -> Self {
        let mut by_dn = HashMap::new();
        let mut others = Vec::new();
        for attribute in [
            "userPrincipalName",
            "mail",
            "employeeId",
            "mailNickname",
            "displayName",
        ] {
            let mut places = HashMap::new();
            for (place, draft) in drafts.iter().enumerate() {
                if let Some(text) = draft.attributes.get(attribute) {
                    let one = places.entry(text.to_lowercase()).or_insert(Some(place));
                    *one = one.filter(|first| *first == place);
                }
            }
            others.push(places);
        }
        for (place, draft) in drafts.iter().enumerate() {
            if let Some(dn) = &draft.dn {
                by_dn.insert(dn.clone(), place);
            }
        }
        Self { by_dn, others }
    }

    fn find(&self, text: &str) -> Option<usize> {
        if dn::is_dn(text)
            && let Some(place) = self.by_dn.get(&dn::plain(text))
        {
            return Some(*place);
        }
        let text = text.trim().to_lowercase();
        self.others
            .iter()
            .find_map(|places| places.get(&text).copied().flatten())
    }
}

/// One place of each circle.
fn circles(managers: &[Option<usize>]) -> Vec<usize> {
    let mut closing = Vec::new();
    // In which walk somebody was met, zero for none yet.
    let mut met = vec![0_usize; managers.len()];
    for start in 0..managers.len() {
        let mut at = start;
        loop {
            match met.get_mut(at) {
                Some(walk) if *walk == 0 => *walk = start + 1,
                Some(walk) if *walk == start + 1 => {
                    closing.push(at);
                    break;
                }
                _ => break,
            }
            match managers.get(at).copied().flatten() {
                Some(above) => at = above,
                None => break,
            }
        }
    }
    closing
}

/// The groups that entries describe and those that people say they are in.
fn groups(
    drafts: &[Draft],
    ids: &[ObjectId],
    found: &mut Found,
    now: Timestamp,
) -> BTreeMap<ObjectId, Group> {
    let mut groups: HashMap<String, Group> = HashMap::new();
    let mut by_dn: HashMap<&str, &ObjectId> = HashMap::new();
    for (draft, id) in drafts.iter().zip(ids) {
        by_dn.extend(draft.dn.as_deref().map(|dn| (dn, id)));
    }
    let described = std::mem::take(&mut found.groups);
    let names: HashSet<&str> = described.iter().map(|group| group.dn.as_str()).collect();
    for group in &described {
        let members = members(group, &by_dn, &names, &mut found.warnings);
        groups.insert(
            group.dn.clone(),
            group_of(&group.dn, group.id, &group.name, members, now),
        );
    }
    for (draft, id) in drafts.iter().zip(ids) {
        for text in &draft.groups {
            let is_dn = dn::is_dn(text);
            let key = if is_dn {
                dn::plain(text)
            } else {
                text.to_lowercase()
            };
            let group = groups.entry(key).or_insert_with_key(|key| {
                let name = if is_dn {
                    dn::first_value(text)
                } else {
                    text.clone()
                };
                group_of(key, None, &name, BTreeSet::new(), now)
            });
            group.members.insert(id.clone());
        }
    }
    let mut all = BTreeMap::new();
    let people: HashSet<&ObjectId> = ids.iter().collect();
    for group in groups.into_values() {
        if people.contains(&group.id) || all.contains_key(&group.id) {
            let sentence = format!(
                "The group {} has the object id of something else. Remove one of them.",
                group.display_name
            );
            found.wrong(ImportError::new(1, sentence));
        }
        all.insert(group.id.clone(), group);
    }
    all
}

fn group_of(
    key: &str,
    id: Option<uuid::Uuid>,
    name: &str,
    members: BTreeSet<ObjectId>,
    now: Timestamp,
) -> Group {
    Group {
        id: id.map_or_else(|| ObjectId::named("imported group", key), |id| ObjectId::of(&id)),
        display_name: name.to_owned(),
        members,
        changed: now,
    }
}

fn members(
    group: &GroupDraft,
    by_dn: &HashMap<&str, &ObjectId>,
    groups: &HashSet<&str>,
    warnings: &mut Warnings,
) -> BTreeSet<ObjectId> {
    let mut members = BTreeSet::new();
    for dn in &group.members {
        match by_dn.get(dn.as_str()) {
            Some(id) => {
                members.insert((*id).clone());
            }
            None if groups.contains(dn.as_str()) => {
                warnings.line(
                    group.line,
                    "A group within a group was left out: groups are not nested here.",
                );
            }
            None => warnings.line(
                group.line,
                "A member of a group is not in the file and was left out.",
            ),
        }
    }
    members
}

fn person(
    draft: Draft,
    id: ObjectId,
    manager: Option<ObjectId>,
    now: Timestamp,
    warnings: &mut Warnings,
) -> Person {
    let mut attributes = draft.attributes;
    let mail = attributes.get("mail").map(String::as_str);
    let addresses = settle(&draft.addresses, mail, draft.line, warnings);
    let primary = addresses.first().and_then(|entry| entry.strip_prefix("SMTP:"));
    if let Some(primary) = primary.filter(|_| mail.is_none()) {
        attributes.insert("mail".to_owned(), primary.to_owned());
    }
    Person {
        id,
        attributes,
        proxy_addresses: addresses,
        account_enabled: !draft.is_disabled,
        manager,
        deleted: draft.deleted,
        changed: now,
    }
}

/// The domain that most names have, the first by the alphabet of several.
fn domain(people: &BTreeMap<ObjectId, Person>) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for person in people.values() {
        if let Some((_, domain)) = person.user_principal_name().split_once('@') {
            *counts.entry(domain.to_lowercase()).or_default() += 1;
        }
    }
    let most = counts.into_iter().rev().max_by_key(|(_, count)| *count);
    most.map(|(domain, _)| domain).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_circle_is_cut_once() {
        for (managers, cut) in [
            (vec![], 0),
            (vec![None, Some(0), Some(1)], 0),
            (vec![Some(0)], 1),
            (vec![Some(1), Some(2), Some(0), Some(2)], 1),
            (vec![Some(0), Some(2), Some(1), Some(1), Some(0)], 2),
        ] {
            assert_eq!(circles(&managers).len(), cut, "{managers:?}");
        }
    }
}
