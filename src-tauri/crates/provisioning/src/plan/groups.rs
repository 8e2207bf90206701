//! Groups and who is in them.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::keys::{LINK, MANAGED_BY, NAME, STATE};
use super::people::AccountOf;
use super::{
    Action, Change, DirectoryGroup, FieldChange, HeldBy, Inputs, Notice, Person, Plan, Reason, Target,
};
use crate::accounts::{Account, ConsoleGroup, ManagedBy, State, fold};

/// Plans every group and its memberships and adds them to `plan`.
pub(super) fn plan(inputs: &Inputs, accounts: &AccountOf<'_>, plan: &mut Plan) {
    let matched = match_groups(inputs, plan);
    let members = Members::of(inputs, accounts);
    let directory_groups = inputs.groups.iter();
    let names = directory_groups
        .map(|group| (group.id.as_str(), group.name.as_str()))
        .collect();
    let mut memberships = Vec::new();
    let mut groups = Vec::new();
    for (group, console) in &matched.pairs {
        groups.extend(change_of(group, *console));
        let id = console.map_or(group.id.as_str(), |console| console.id.as_str());
        // Nobody joins a group that is not made.
        if console.is_some() || !is_held(inputs, id) {
            members.plan(group, id, &mut memberships);
        }
        plan.warnings.extend(nested(group, &names));
    }
    for console in &inputs.console.groups {
        let ours = console.managed_by != ManagedBy::Console && console.state == State::Active;
        if ours && !matched.claimed.contains(console.id.as_str()) {
            groups.push(archive(console));
        }
    }
    groups.sort_by_key(|change| change.action);
    memberships.sort_by_key(|change: &Change| change.action);
    for change in groups.into_iter().chain(memberships) {
        let held = inputs
            .holds
            .contains(&change.target)
            .then_some(HeldBy::Administrator);
        plan.take(Some(change), held);
    }
}

fn is_held(inputs: &Inputs, group: &str) -> bool {
    !inputs.holds.is_empty()
        && inputs.holds.contains(&Target::Group {
            group: group.to_owned(),
        })
}

struct Matched<'a> {
    pairs: Vec<(&'a DirectoryGroup, Option<&'a ConsoleGroup>)>,
    claimed: HashSet<&'a str>,
}

/// By link, else by name. Console-managed groups are left alone, and with them their names. A
/// group that is linked to another directory group gives its name up, so it is not found by it.
fn match_groups<'a>(inputs: &'a Inputs, plan: &mut Plan) -> Matched<'a> {
    let linked: HashMap<&str, &ConsoleGroup> = inputs
        .console
        .groups
        .iter()
        .filter_map(|group| Some((group.link.as_deref()?, group)))
        .collect();
    let links = inputs
        .groups
        .iter()
        .filter_map(|group| linked.get(group.id.as_str()));
    let mut claimed: HashSet<&str> = links.map(|console| console.id.as_str()).collect();
    let named = by_name(inputs, &claimed);
    let reserved = reserved_names(inputs);
    let mut used = HashSet::new();
    // A linked group on hold keeps its name, so no other gets it.
    for console in inputs
        .console
        .groups
        .iter()
        .filter(|console| is_held(inputs, &console.id))
    {
        if console.state == State::Active && claimed.contains(console.id.as_str()) {
            used.insert(fold(&console.name));
        }
    }
    let mut pairs = Vec::new();
    for group in &inputs.groups {
        let name = fold(&group.name);
        let link = linked.get(group.id.as_str()).copied();
        if reserved.contains(&name) || link.is_some_and(|console| console.managed_by == ManagedBy::Console) {
            plan.skipped.push(notice(group, Reason::ConsoleManagedGroup));
        } else if !link.is_some_and(|console| is_held(inputs, &console.id)) && !used.insert(name.clone()) {
            let name = group.name.clone();
            plan.skipped.push(notice(group, Reason::GroupTaken { name }));
        } else {
            let console = link.or_else(|| named.get(&name).copied());
            claimed.extend(console.map(|console| console.id.as_str()));
            pairs.push((group, console));
        }
    }
    Matched { pairs, claimed }
}

/// Name → a group that may be taken for it: an active one before an archived one.
fn by_name<'a>(inputs: &'a Inputs, claimed: &HashSet<&str>) -> HashMap<String, &'a ConsoleGroup> {
    let mut named = HashMap::new();
    for wanted in [State::Active, State::Archived] {
        for group in &inputs.console.groups {
            let is_free = group.managed_by != ManagedBy::Console && !claimed.contains(group.id.as_str());
            if group.state == wanted && is_free {
                named.entry(fold(&group.name)).or_insert(group);
            }
        }
    }
    named
}

/// The names of the console's own groups that are in use.
fn reserved_names(inputs: &Inputs) -> HashSet<String> {
    let groups = inputs.console.groups.iter();
    groups
        .filter(|group| group.managed_by == ManagedBy::Console && group.state == State::Active)
        .map(|group| fold(&group.name))
        .collect()
}

fn change_of(group: &DirectoryGroup, console: Option<&ConsoleGroup>) -> Option<Change> {
    let after = |text: &str| Some(text.to_owned());
    let Some(console) = console else {
        let fields = vec![row(NAME, None, after(&group.name))];
        return Some(change(Action::Create, &group.id, group, Reason::New, fields));
    };
    let mut fields = Vec::new();
    if console.name != group.name {
        fields.push(row(NAME, after(&console.name), after(&group.name)));
    }
    if console.managed_by != ManagedBy::Scim {
        let (before, now) = (console.managed_by.name(), ManagedBy::Scim.name());
        fields.push(row(MANAGED_BY, after(before), after(now)));
    } else if console.link.as_deref() != Some(group.id.as_str()) {
        fields.push(row(LINK, console.link.clone(), after(&group.id)));
    }
    let (action, why) = match console.state {
        State::Active if fields.is_empty() => return None,
        State::Active => (Action::Change, Reason::AttributesDiffer),
        State::Archived => {
            fields.insert(0, row(STATE, after("archived"), after("active")));
            (Action::Restore, Reason::ActiveAgain)
        }
    };
    Some(change(action, &console.id, group, why, fields))
}

/// What the members of a group are compared with.
struct Members<'a> {
    console: &'a BTreeMap<String, BTreeSet<String>>,
    accounts: &'a AccountOf<'a>,
    names: HashMap<&'a str, Named<'a>>,
    /// Accounts whose memberships are the administrator's business.
    exempt: HashSet<&'a str>,
}

impl<'a> Members<'a> {
    fn of(inputs: &'a Inputs, accounts: &'a AccountOf<'a>) -> Self {
        let exempt = inputs.console.accounts.iter().filter(|account| account.exempt);
        Self {
            console: &inputs.console.members,
            accounts,
            names: names(inputs),
            exempt: exempt.map(|account| account.id.as_str()).collect(),
        }
    }

    fn plan(&self, group: &DirectoryGroup, id: &str, changes: &mut Vec<Change>) {
        let wanted: BTreeSet<&str> = group
            .members
            .iter()
            .filter_map(|user| self.accounts.get(user.as_str()).copied())
            .collect();
        let present: BTreeSet<&str> = self
            .console
            .get(id)
            .into_iter()
            .flatten()
            .map(String::as_str)
            .filter(|account| !self.exempt.contains(account))
            .collect();
        for account in wanted.difference(&present) {
            changes.push(self.change(Action::Create, id, account, group));
        }
        for account in present.difference(&wanted) {
            changes.push(self.change(Action::Archive, id, account, group));
        }
    }

    fn change(&self, action: Action, group: &str, account: &str, of: &DirectoryGroup) -> Change {
        let name = self.names.get(account).map(Named::name);
        Change {
            action,
            target: Target::Membership {
                group: group.to_owned(),
                account: account.to_owned(),
            },
            directory: Some(of.id.clone()),
            name: name.unwrap_or_else(|| account.to_owned()),
            detail: of.name.clone(),
            why: if action == Action::Archive {
                Reason::MemberNotInDirectory
            } else {
                Reason::MemberInDirectory
            },
            fields: Vec::new(),
            unchanged: 0,
        }
    }
}

/// Account id → whose name it has; an account that is still to be made has the id of its
/// directory user.
fn names(inputs: &Inputs) -> HashMap<&str, Named<'_>> {
    let people = inputs
        .people
        .iter()
        .map(|person| (person.id.as_str(), Named::Person(person)));
    let accounts = inputs
        .console
        .accounts
        .iter()
        .map(|account| (account.id.as_str(), Named::Account(account)));
    people.chain(accounts).collect()
}

/// Somebody whose name is only made where it is needed: most memberships stay as they are.
enum Named<'a> {
    Person(&'a Person),
    Account(&'a Account),
}

impl Named<'_> {
    fn name(&self) -> String {
        match self {
            Self::Person(person) => person.name.clone(),
            Self::Account(account) => account.name(),
        }
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
        fields: vec![row(STATE, Some("active".to_owned()), Some("archived".to_owned()))],
        unchanged: 0,
    }
}

/// A field of a group, before → after, under the name that people call it.
pub(crate) fn row(key: &str, before: Option<String>, after: Option<String>) -> FieldChange {
    let (label, path) = match key {
        NAME => ("Name", "displayName"),
        MANAGED_BY => ("Managed by", ""),
        LINK => ("Directory group", "id"),
        _ => ("State", ""),
    };
    FieldChange {
        key: key.to_owned(),
        label: label.to_owned(),
        path: path.to_owned(),
        before,
        after,
    }
}

/// What to know of a group that has groups as members: they are not carried into the console.
fn nested(group: &DirectoryGroup, names: &HashMap<&str, &str>) -> Option<Notice> {
    let mut inner = group
        .members
        .iter()
        .filter_map(|member| names.get(member.as_str()));
    let first = (*inner.next()?).to_owned();
    let count = inner.count() as u64 + 1;
    Some(notice(group, Reason::NestedGroups { count, first }))
}

fn notice(group: &DirectoryGroup, why: Reason) -> Notice {
    Notice {
        name: group.name.clone(),
        detail: String::new(),
        why,
    }
}
