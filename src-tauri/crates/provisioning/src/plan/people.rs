//! People: who belongs to which account, and what that account should become.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::keys::{ALIASES, EMAIL, LINK, MANAGED_BY, STATE};
use super::matching::{Matching, aliases_after};
use super::{Action, Change, FieldChange, Inputs, Notice, Person, Plan, Reason, Target};
use crate::accounts::{Account, ManagedBy, State, is_email};
use crate::mapping::{self, MANAGER_EMAIL, MANAGER_NAME};

/// Directory user id → account id, for those who have or get an account: what groups need.
pub(super) type AccountOf<'a> = HashMap<&'a str, &'a str>;

/// Plans every account and adds it to `plan`.
pub(super) fn plan<'a>(inputs: &'a Inputs, plan: &mut Plan) -> AccountOf<'a> {
    let matched = Matching::of(inputs);
    let managers: HashMap<&str, &Person> = inputs
        .people
        .iter()
        .map(|person| (person.id.as_str(), person))
        .collect();
    for person in &inputs.people {
        if let Some(why) = matched.left_alone.get(person.id.as_str()) {
            plan.skipped.push(notice(person, why.clone()));
            continue;
        }
        let account = matched.account_of.get(person.id.as_str()).copied();
        let wanted = wanted_fields(person, &managers, plan);
        let change = change_of(person, account, &wanted, &mut plan.skipped);
        plan.take(
            change,
            matched.held(account.map_or(&person.id, |account| &account.id)),
        );
    }
    plan.active_accounts = inputs
        .console
        .accounts
        .iter()
        .filter(|account| account.state == State::Active)
        .count() as u64;
    for account in &inputs.console.accounts {
        if account.state == State::Active && !account.exempt && !matched.claimed.contains(account.id.as_str())
        {
            let change = archive(account, None, Reason::Absent);
            plan.take(Some(change), matched.held(&account.id));
        }
    }
    give_addresses_up(inputs, &matched, plan);
    plan.changes.sort_by_key(|change| change.action);
    plan.held.sort_by_key(|held| held.change.action);
    accounts_by_person(inputs, &matched)
}

/// An archived account whose address an active one has after the sync gets another: the address
/// with `archived.` before it. One that a user is found by, or is to come back to, keeps it.
fn give_addresses_up(inputs: &Inputs, matched: &Matching<'_>, plan: &mut Plan) {
    let given_up = |account: &Account| {
        let to = matched.holder_of(&account.email, account)?.to_owned();
        let mut address = format!("archived.{}", account.email);
        while matched.holder_of(&address, account).is_some() {
            address = format!("archived.{address}");
        }
        Some((row(EMAIL, Some(account.email.clone()), Some(address)), to))
    };
    let touched: HashMap<&str, usize> = plan
        .changes
        .iter()
        .enumerate()
        .map(|(place, change)| (change.target.id().as_str(), place))
        .collect();
    let awaited: HashSet<&str> = inputs
        .people
        .iter()
        .filter_map(|person| Some((person, matched.account_of.get(person.id.as_str())?)))
        .filter(|(person, account)| person.active || account.link.as_ref() != Some(&person.id))
        .map(|(_, account)| account.id.as_str())
        .collect();
    let (mut more, mut besides) = (Vec::new(), Vec::new());
    for account in &inputs.console.accounts {
        let place = touched.get(account.id.as_str()).copied();
        let is_archived_now = place.is_some_and(|place| {
            plan.changes
                .get(place)
                .is_some_and(|change| change.action == Action::Archive)
        });
        let stays_archived = place.is_none()
            && account.state == State::Archived
            && matched.held(&account.id).is_none()
            && !awaited.contains(account.id.as_str());
        if account.exempt || !(is_archived_now || stays_archived) {
            continue;
        }
        match (given_up(account), place) {
            (Some((field, to)), Some(place)) => {
                let (name, detail, address) = (account.name(), account.email.clone(), account.email.clone());
                let why = Reason::AddressGivenUp { address, to };
                plan.warnings.push(Notice { name, detail, why });
                besides.push((place, field));
            }
            (Some((field, to)), None) => more.push(address_given_up(account, field, to)),
            (None, _) => {}
        }
    }
    for (place, field) in besides {
        if let Some(change) = plan.changes.get_mut(place) {
            change.fields.push(field);
        }
    }
    plan.changes.extend(more);
}

fn address_given_up(account: &Account, field: FieldChange, to: String) -> Change {
    Change {
        action: Action::Change,
        target: Target::User {
            account: account.id.clone(),
        },
        directory: None,
        name: account.name(),
        detail: account.email.clone(),
        why: Reason::AddressGivenUp {
            address: account.email.clone(),
            to,
        },
        fields: vec![field],
        unchanged: 0,
    }
}

fn accounts_by_person<'a>(inputs: &'a Inputs, matched: &Matching<'a>) -> AccountOf<'a> {
    let mut found = HashMap::new();
    for person in &inputs.people {
        match matched.account_of.get(person.id.as_str()) {
            Some(account) if !account.exempt => {
                found.insert(person.id.as_str(), account.id.as_str());
            }
            None if person.active
                && !matched.left_alone.contains_key(person.id.as_str())
                && !matched.is_held(person) =>
            {
                // A new account has the id of the directory user it is made for.
                found.insert(person.id.as_str(), person.id.as_str());
            }
            _ => {}
        }
    }
    found
}

/// The fields the directory wants an account to have; a manager who cannot be found is a warning.
fn wanted_fields<'a>(
    person: &'a Person,
    people: &HashMap<&str, &Person>,
    plan: &mut Plan,
) -> Cow<'a, BTreeMap<String, String>> {
    let Some(id) = &person.manager else {
        return Cow::Borrowed(&person.fields);
    };
    let mut wanted = person.fields.clone();
    let why = match people.get(id.as_str()) {
        Some(manager) => {
            wanted.insert(MANAGER_NAME.to_owned(), manager.name.clone());
            let address = manager.address().to_owned();
            if is_email(&address) {
                wanted.insert(MANAGER_EMAIL.to_owned(), address);
                return Cow::Owned(wanted);
            }
            Reason::ManagerWithoutAddress { user_name: address }
        }
        None => Reason::ManagerUnknown { id: id.clone() },
    };
    if person.active {
        plan.warnings.push(notice(person, why));
    }
    Cow::Owned(wanted)
}

fn change_of(
    person: &Person,
    account: Option<&Account>,
    wanted: &BTreeMap<String, String>,
    skipped: &mut Vec<Notice>,
) -> Option<Change> {
    match (account, person.active) {
        (None, true) => Some(create(person, wanted)),
        (None, false) => {
            skipped.push(notice(person, Reason::InactiveWithoutAccount));
            None
        }
        (Some(account), false) if account.state == State::Active => {
            let why = if person.is_deleted_softly() {
                Reason::DeletedSoftly
            } else {
                Reason::Deactivated
            };
            Some(archive(account, Some(person), why))
        }
        (Some(_), false) => None,
        (Some(account), true) => update(person, account, wanted),
    }
}

fn create(person: &Person, wanted: &BTreeMap<String, String>) -> Change {
    let mut fields = vec![row(EMAIL, None, Some(person.user_name.clone()))];
    fields.extend(mapping::FIELDS.iter().filter_map(|field| {
        let value = wanted.get(field.key)?;
        Some(row(field.key, None, Some(value.clone())))
    }));
    Change {
        action: Action::Create,
        target: Target::User {
            account: person.id.clone(),
        },
        directory: Some(person.id.clone()),
        name: person.name.clone(),
        detail: person.user_name.clone(),
        why: Reason::New,
        fields,
        unchanged: 0,
    }
}

/// An account that stays or comes back: changed, restored, or as it should be.
fn update(person: &Person, account: &Account, wanted: &BTreeMap<String, String>) -> Option<Change> {
    let mut fields = Vec::new();
    let mut unchanged = 0;
    let mut compare = |key: &str, before: Option<&str>, after: Option<&str>| {
        if before != after {
            fields.push(row(key, before.map(str::to_owned), after.map(str::to_owned)));
        } else if before.is_some() {
            unchanged += 1;
        }
    };
    let (action, why) = match account.state {
        State::Active => (Action::Change, Reason::AttributesDiffer),
        State::Archived => (Action::Restore, Reason::ActiveAgain),
    };
    compare(EMAIL, Some(&account.email), Some(&person.user_name));
    for field in mapping::FIELDS {
        compare(
            field.key,
            account.fields.get(field.key).map(String::as_str),
            wanted.get(field.key).map(String::as_str),
        );
    }
    compare_owner(person, account, &mut compare);
    compare_aliases(person, account, &mut compare);
    let differs = !fields.is_empty() || action == Action::Restore;
    if action == Action::Restore {
        fields.insert(
            0,
            row(STATE, Some("archived".to_owned()), Some("active".to_owned())),
        );
    }
    differs.then(|| Change {
        action,
        target: Target::User {
            account: account.id.clone(),
        },
        directory: Some(person.id.clone()),
        name: person.name.clone(),
        detail: person.user_name.clone(),
        why,
        fields,
        unchanged,
    })
}

/// Who manages it, and which directory user it belongs to.
fn compare_owner(
    person: &Person,
    account: &Account,
    compare: &mut impl FnMut(&str, Option<&str>, Option<&str>),
) {
    let owner = |by: ManagedBy| Some(by.name());
    if account.managed_by != ManagedBy::Scim {
        compare(MANAGED_BY, owner(account.managed_by), owner(ManagedBy::Scim));
    } else if account.link.as_deref() != Some(person.id.as_str()) {
        compare(LINK, account.link.as_deref(), Some(&person.id));
    }
}

/// The aliases it cannot keep.
fn compare_aliases(
    person: &Person,
    account: &Account,
    compare: &mut impl FnMut(&str, Option<&str>, Option<&str>),
) {
    let kept = aliases_after(person, account);
    if kept != account.aliases {
        let text = |aliases: &[String]| (!aliases.is_empty()).then(|| aliases.join("; "));
        compare(ALIASES, text(&account.aliases).as_deref(), text(&kept).as_deref());
    }
}

/// Archives an account; where a directory user stands behind it, it belongs to that user from
/// then on, so that it is the one that comes back.
fn archive(account: &Account, person: Option<&Person>, why: Reason) -> Change {
    let mut fields = vec![row(STATE, Some("active".to_owned()), Some("archived".to_owned()))];
    if let Some(person) = person {
        compare_owner(person, account, &mut |key, before, after| {
            fields.push(row(key, before.map(str::to_owned), after.map(str::to_owned)));
        });
    }
    Change {
        action: Action::Archive,
        target: Target::User {
            account: account.id.clone(),
        },
        directory: person.map(|person| person.id.clone()),
        name: account.name(),
        detail: account.email.clone(),
        why,
        fields,
        unchanged: 0,
    }
}

/// A field of an account, before → after, under the name that people call it.
pub(crate) fn row(key: &str, before: Option<String>, after: Option<String>) -> FieldChange {
    let (label, path) = match key {
        ALIASES => ("Alias addresses", ""),
        MANAGED_BY => ("Managed by", ""),
        _ => mapping::by_key(key).map_or((key, ""), |row| (row.label, row.path)),
    };
    FieldChange {
        key: key.to_owned(),
        label: label.to_owned(),
        path: path.to_owned(),
        before,
        after,
    }
}

fn notice(person: &Person, why: Reason) -> Notice {
    Notice {
        name: person.name.clone(),
        detail: person.user_name.clone(),
        why,
    }
}
