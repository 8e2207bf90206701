//! Why not? An address, and in one paragraph what the identity provider sent for it, what the
//! console has, what stands in between, and what the next sync would do.

use crate::accounts::{Account, ManagedBy, State, fold};
use crate::plan::{Change, Inputs, Notice, Person, Plan, Target};

/// What there is to say about an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The answer, in sentences.
    pub paragraph: String,
    /// The account it leads to.
    pub account: Option<String>,
    /// The directory user it leads to.
    pub user: Option<String>,
}

/// Explains an address by the plan that was made of `inputs`. `archived` tells when and why an
/// account was archived, if that is known.
pub(crate) fn explain<E>(
    inputs: &Inputs,
    plan: &Plan,
    address: &str,
    archived: impl FnOnce(&Account) -> Result<Option<String>, E>,
) -> Result<Explanation, E> {
    let (person, account) = found(inputs, address);
    let mut sentences = vec![what_was_sent(address, person), what_there_is(person, account)];
    if let Some(account) = account.filter(|account| account.state == State::Archived) {
        sentences.extend(archived(account)?);
    }
    sentences.push(what_comes(inputs, plan, person, account));
    Ok(Explanation {
        paragraph: sentences.join(" "),
        account: account.map(|account| account.id.clone()),
        user: person.map(|person| person.id.clone()),
    })
}

/// The user and the account that an address leads to: by itself, or by the link between the two.
fn found<'a>(inputs: &'a Inputs, address: &str) -> (Option<&'a Person>, Option<&'a Account>) {
    let address = fold(address);
    let people = &inputs.people;
    let person = people
        .iter()
        .find(|person| fold(&person.user_name) == address)
        .or_else(|| people.iter().find(|person| fold(person.address()) == address));
    let accounts = &inputs.console.accounts;
    let of = |person: &Person| accounts.iter().find(|one| one.link.as_ref() == Some(&person.id));
    let has_it = |account: &&Account| account.addresses().any(|one| one == address);
    let account = person.and_then(of).or_else(|| {
        let mut holders: Vec<&Account> = accounts.iter().filter(has_it).collect();
        holders.sort_by_key(|account| account.state == State::Archived);
        holders.first().copied()
    });
    let person = person.or_else(|| {
        let link = account?.link.as_ref()?;
        people.iter().find(|person| &person.id == link)
    });
    (person, account)
}

fn what_was_sent(address: &str, person: Option<&Person>) -> String {
    let Some(person) = person else {
        return format!(
            "The identity provider has not sent {address}: no user of the directory has it as userName. Look there whether the person is assigned to this application and in scope."
        );
    };
    let state = if person.is_deleted_softly() {
        "deleted softly and therefore inactive"
    } else if person.active {
        "active"
    } else {
        "inactive"
    };
    format!(
        "The identity provider sent {} with the userName {}, {state}.",
        person.name, person.user_name
    )
}

fn what_there_is(person: Option<&Person>, account: Option<&Account>) -> String {
    let Some(account) = account else {
        return "The console has no account for it.".to_owned();
    };
    let link = match (&account.link, person) {
        (Some(link), Some(person)) if *link == person.id => ", linked to this user",
        (Some(_), _) => ", linked to a user who is not sent any more",
        (None, _) => ", linked to no user yet",
    };
    let managed_by = match account.managed_by {
        ManagedBy::Console => "the console".to_owned(),
        other => other.name().to_owned(),
    };
    let mut sentence = format!(
        "The console has the account {} of {}: {}, managed by {managed_by}{link}.",
        account.email,
        account.name(),
        account.state.name()
    );
    if account.exempt {
        sentence.push_str(" It is exempt from provisioning, so syncs leave it alone.");
    }
    if account.protected {
        sentence.push_str(" It is protected, so no sync archives it.");
    }
    sentence
}

fn what_comes(inputs: &Inputs, plan: &Plan, person: Option<&Person>, account: Option<&Account>) -> String {
    let is_about = |change: &&Change| match &change.target {
        Target::User { account: id } => {
            account.is_some_and(|account| account.id == *id)
                || person.is_some_and(|person| change.directory.as_ref() == Some(&person.id))
        }
        _ => false,
    };
    if let Some(change) = plan.changes.iter().find(is_about) {
        return format!(
            "The next sync is to {} the account, because: {}.",
            change.action.verb(),
            change.why.sentence()
        );
    }
    if let Some(held) = plan.held.iter().find(|held| is_about(&&held.change)) {
        return format!(
            "A sync would {} the account, because: {}. {}",
            held.change.action.verb(),
            held.change.why.sentence(),
            held.by.sentence()
        );
    }
    let is_left = |notice: &&Notice| person.is_some_and(|person| notice.detail == person.user_name);
    if let Some(notice) = plan.skipped.iter().find(is_left) {
        return format!("Syncs skip it, because: {}.", notice.why.sentence());
    }
    let on_hold = account.is_some_and(|account| {
        inputs.holds.contains(&Target::User {
            account: account.id.clone(),
        })
    });
    let hold = if on_hold { " It is on hold." } else { "" };
    match (person, account) {
        (None, None) => "So there is nothing for a sync to do.".to_owned(),
        _ => format!("The next sync leaves it as it is; nothing differs.{hold}"),
    }
}

#[cfg(test)]
mod tests;
