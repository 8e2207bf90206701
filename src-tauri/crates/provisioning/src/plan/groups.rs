//! Groups and who is in them.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::keys::STATE;
use super::people::AccountOf;
use super::{Action, Change, DirectoryGroup, FieldChange, Inputs, Notice, Plan, Reason, Target};
use crate::accounts::{ConsoleGroup, ManagedBy, State, fold};

/// Plans every group and its memberships and adds them to `plan`.
pub(super) fn plan(inputs: &Inputs, accounts: &AccountOf<'_>, plan: &mut Plan) {
    let matched = match_groups(inputs, plan);
    let names = names(inputs);
    let mut memberships = Vec::new();
    let mut groups = Vec::new();
    for (group, console) in &matched.pairs {
        groups.extend(change_of(group, *console));
        let id = console.map_or(group.id.as_str(), |console| console.id.as_str());
        let present = inputs.console.members.get(id).unwrap_or(&NOBODY);
        plan_members(group, id, present, accounts, &names, &mut memberships);
    }
    for console in &inputs.console.groups {
        let ours = console.managed_by == ManagedBy::Scim && console.state == State::Active;
        if ours && !matched.claimed.contains(console.id.as_str()) {
            groups.push(archive(console));
        }
    }
    groups.sort_by_key(|change| change.action);
    memberships.sort_by_key(|change: &Change| change.action);
    plan.changes.extend(groups);
    plan.changes.extend(memberships);
}

struct Matched<'a> {
    pairs: Vec<(&'a DirectoryGroup, Option<&'a ConsoleGroup>)>,
    claimed: HashSet<&'a str>,
}

/// By link, else by name. A console-managed group of that name is left alone.
fn match_groups<'a>(inputs: &'a Inputs, plan: &mut Plan) -> Matched<'a> {
    let groups = &inputs.console.groups;
    let linked: HashMap<&str, &ConsoleGroup> = groups
        .iter()
        .filter_map(|group| Some((group.link.as_deref()?, group)))
        .collect();
    let named: HashMap<String, &ConsoleGroup> =
        groups.iter().map(|group| (fold(&group.name), group)).collect();
    let mut claimed: HashSet<&str> = inputs
        .groups
        .iter()
        .filter_map(|group| Some(linked.get(group.id.as_str())?.id.as_str()))
        .collect();
    let mut pairs = Vec::new();
    for group in &inputs.groups {
        if let Some(console) = linked.get(group.id.as_str()) {
            pairs.push((group, Some(*console)));
            continue;
        }
        match named.get(&fold(&group.name)) {
            Some(console) if console.managed_by == ManagedBy::Console => {
                plan.skipped.push(notice(group, Reason::ConsoleManagedGroup));
            }
            Some(console) if !claimed.insert(&console.id) => {
                plan.skipped.push(notice(
                    group,
                    Reason::GroupTaken {
                        name: console.name.clone(),
                    },
                ));
            }
            found => pairs.push((group, found.copied())),
        }
    }
    Matched { pairs, claimed }
}

fn change_of(group: &DirectoryGroup, console: Option<&ConsoleGroup>) -> Option<Change> {
    let Some(console) = console else {
        let fields = vec![row("name", "Name", None, Some(group.name.clone()))];
        return Some(change(Action::Create, &group.id, group, Reason::New, fields));
    };
    let mut fields = Vec::new();
    if console.name != group.name {
        fields.push(row(
            "name",
            "Name",
            Some(console.name.clone()),
            Some(group.name.clone()),
        ));
    }
    if console.managed_by != ManagedBy::Scim {
        let (before, after) = (console.managed_by.name(), ManagedBy::Scim.name());
        fields.push(row(
            "managedBy",
            "Managed by",
            Some(before.to_owned()),
            Some(after.to_owned()),
        ));
    }
    if console.link.as_deref().is_some_and(|link| link != group.id) {
        fields.push(row(
            "link",
            "Directory group",
            console.link.clone(),
            Some(group.id.clone()),
        ));
    }
    match console.state {
        State::Active if fields.is_empty() => None,
        State::Active => Some(change(
            Action::Change,
            &console.id,
            group,
            Reason::AttributesDiffer,
            fields,
        )),
        State::Archived => {
            fields.insert(
                0,
                row(
                    STATE,
                    "State",
                    Some("archived".to_owned()),
                    Some("active".to_owned()),
                ),
            );
            Some(change(
                Action::Restore,
                &console.id,
                group,
                Reason::ActiveAgain,
                fields,
            ))
        }
    }
}

/// The members of a group that the console does not have yet.
static NOBODY: BTreeSet<String> = BTreeSet::new();

fn plan_members(
    group: &DirectoryGroup,
    id: &str,
    present: &BTreeSet<String>,
    accounts: &AccountOf<'_>,
    names: &HashMap<&str, String>,
    changes: &mut Vec<Change>,
) {
    let wanted: BTreeSet<&str> = group
        .members
        .iter()
        .filter_map(|user| accounts.get(user.as_str()).copied())
        .collect();
    let name = |account: &str| names.get(account).cloned().unwrap_or_else(|| account.to_owned());
    for account in wanted.iter().filter(|account| !present.contains(**account)) {
        changes.push(membership(
            Action::Create,
            id,
            account,
            &name(account),
            group,
            Reason::MemberInDirectory,
        ));
    }
    for account in present
        .iter()
        .filter(|account| !wanted.contains(account.as_str()))
    {
        changes.push(membership(
            Action::Archive,
            id,
            account,
            &name(account),
            group,
            Reason::MemberNotInDirectory,
        ));
    }
}

/// Account id → name; an account that is still to be made has the id of its directory user.
fn names(inputs: &Inputs) -> HashMap<&str, String> {
    let people = inputs
        .people
        .iter()
        .map(|person| (person.id.as_str(), person.name.clone()));
    let accounts = inputs
        .console
        .accounts
        .iter()
        .map(|account| (account.id.as_str(), account.name()));
    people.chain(accounts).collect()
}

fn membership(
    action: Action,
    group: &str,
    account: &str,
    name: &str,
    of: &DirectoryGroup,
    why: Reason,
) -> Change {
    Change {
        action,
        target: Target::Membership {
            group: group.to_owned(),
            account: account.to_owned(),
        },
        directory: Some(of.id.clone()),
        name: name.to_owned(),
        detail: of.name.clone(),
        why,
        fields: Vec::new(),
        unchanged: 0,
    }
}

fn change(action: Action, id: &str, group: &DirectoryGroup, why: Reason, fields: Vec<FieldChange>) -> Change {
    Change {
        action,
        target: Target::Group { group: id.to_owned() },
        directory: Some(group.id.clone()),
        name: group.name.clone(),
        detail: String::new(),
        why,
        fields,
        unchanged: 0,
    }
}

fn archive(console: &ConsoleGroup) -> Change {
    Change {
        action: Action::Archive,
        target: Target::Group {
            group: console.id.clone(),
        },
        directory: None,
        name: console.name.clone(),
        detail: String::new(),
        why: Reason::Absent,
        fields: vec![row(
            STATE,
            "State",
            Some("active".to_owned()),
            Some("archived".to_owned()),
        )],
        unchanged: 0,
    }
}

fn row(key: &str, label: &str, before: Option<String>, after: Option<String>) -> FieldChange {
    let path = if key == "name" { "displayName" } else { "" };
    FieldChange {
        key: key.to_owned(),
        label: label.to_owned(),
        path: path.to_owned(),
        before,
        after,
    }
}

fn notice(group: &DirectoryGroup, why: Reason) -> Notice {
    Notice {
        name: group.name.clone(),
        detail: String::new(),
        why,
    }
}
