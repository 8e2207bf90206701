//! Who belongs to which account, and who has to be left alone.
//!
//! Everything here looks at who holds which address *after* the sync, so that an address can be
//! handed from one person to another in one plan, and a second plan finds nothing to do.

use std::collections::{HashMap, HashSet};

use super::{Inputs, Person, Reason};
use crate::accounts::{Account, ManagedBy, State, fold, is_email};

/// Who belongs to which account.
pub(super) struct Matching<'a> {
    inputs: &'a Inputs,
    /// Directory user → account.
    pub(super) account_of: HashMap<&'a str, &'a Account>,
    /// Accounts that a directory user stands behind, skipped or not: never archived as absent.
    pub(super) claimed: HashSet<&'a str>,
    /// Directory users that are left alone, and why.
    pub(super) left_alone: HashMap<&'a str, Reason>,
}

/// Address, folded → accounts, the active ones first.
type ByAddress<'a> = HashMap<String, Vec<&'a Account>>;

/// Who holds an address after the sync.
struct Holder<'a> {
    name: String,
    /// Who gets or keeps it; nobody if an account holds it that is left as it is.
    person: Option<&'a Person>,
    account: Option<&'a str>,
}

impl<'a> Matching<'a> {
    /// Matches everybody: by link, by address, by alias, in that order for all people together.
    pub(super) fn of(inputs: &'a Inputs) -> Self {
        let mut matching = Self {
            inputs,
            account_of: HashMap::new(),
            claimed: HashSet::new(),
            left_alone: HashMap::new(),
        };
        let (emails, aliases) = (
            by_email(&inputs.console.accounts),
            by_alias(&inputs.console.accounts),
        );
        matching.match_by_link();
        matching.leave_those_without_address_alone();
        matching.match_by_address(&emails);
        matching.match_by_address(&aliases);
        matching.leave_exempt_alone();
        while matching.leave_taken_addresses_alone(&emails, &aliases) {}
        matching
    }

    /// Links come before addresses, for everybody: else a user who takes over an address would
    /// take the account of the one who gave it up.
    fn match_by_link(&mut self) {
        let accounts = self.inputs.console.accounts.iter();
        let linked: HashMap<&str, &Account> = accounts
            .filter_map(|account| Some((account.link.as_deref()?, account)))
            .collect();
        for person in &self.inputs.people {
            if let Some(account) = linked.get(person.id.as_str()) {
                self.claim(person, account);
            }
        }
    }

    /// Who is disabled needs no address: the account is archived under the one it has.
    fn leave_those_without_address_alone(&mut self) {
        for person in self.inputs.people.iter().filter(|person| person.active) {
            if !is_email(&person.user_name) {
                let user_name = person.user_name.clone();
                self.left_alone
                    .insert(&person.id, Reason::NoEmailAddress { user_name });
            }
        }
    }

    /// The first account that nobody has claimed: an active one whose owner got another address
    /// does not hide the archived one behind it.
    fn match_by_address(&mut self, accounts: &ByAddress<'a>) {
        for person in &self.inputs.people {
            let is_settled = self.account_of.contains_key(person.id.as_str())
                || self.left_alone.contains_key(person.id.as_str());
            let mut found = accounts.get(&fold(&person.user_name)).into_iter().flatten();
            if let Some(account) = found.find(|account| !self.claimed.contains(account.id.as_str()))
                && !is_settled
            {
                self.claim(person, account);
            }
        }
    }

    fn claim(&mut self, person: &'a Person, account: &'a Account) {
        self.account_of.insert(&person.id, account);
        self.claimed.insert(&account.id);
    }

    fn leave_exempt_alone(&mut self) {
        for person in &self.inputs.people {
            if self
                .account_of
                .get(person.id.as_str())
                .is_some_and(|account| account.exempt)
            {
                self.left_alone.insert(&person.id, Reason::Exempt);
            }
        }
    }

    /// Leaves those alone whose address another account would hold after the sync. One who is
    /// left alone keeps the old address, which may be the one that somebody else is to get; so
    /// this is repeated until nobody is added. Returns whether somebody was.
    fn leave_taken_addresses_alone(&mut self, emails: &ByAddress<'a>, aliases: &ByAddress<'a>) -> bool {
        let mut holders = self.addresses_that_stay();
        let mut refused = Vec::new();
        for person in self.takers() {
            let address = fold(&person.user_name);
            if let Some(holder) = holders.get(&address) {
                let has_none = !self.account_of.contains_key(person.id.as_str());
                let meant = emails.get(&address).or(aliases.get(&address));
                let meant = meant
                    .and_then(|found| found.first().copied())
                    .filter(|_| has_none);
                refused.push((person.id.as_str(), why_refused(person, holder, meant)));
            } else {
                holders.insert(address, self.holder(person));
            }
        }
        let added = !refused.is_empty();
        self.left_alone.extend(refused);
        added
    }

    fn holder(&self, person: &'a Person) -> Holder<'a> {
        Holder {
            name: person.name.clone(),
            person: Some(person),
            account: self
                .account_of
                .get(person.id.as_str())
                .map(|account| account.id.as_str()),
        }
    }

    /// The addresses that are held whoever gets a new one: all of the active accounts that stay
    /// as they are, and the aliases of those that change and keep them. An archived account, and
    /// one that this plan archives, holds no address.
    fn addresses_that_stay(&self) -> HashMap<String, Holder<'a>> {
        let mut held = HashMap::new();
        for account in self
            .inputs
            .console
            .accounts
            .iter()
            .filter(|account| account.exempt)
        {
            hold_all(&mut held, account);
        }
        for person in &self.inputs.people {
            let Some(account) = self.account_of.get(person.id.as_str()).copied() else {
                continue;
            };
            if self.left_alone.contains_key(person.id.as_str()) {
                hold_all(&mut held, account);
            } else if person.active {
                for alias in aliases_after(person, account) {
                    held.entry(fold(&alias)).or_insert_with(|| self.holder(person));
                }
            }
        }
        held
    }

    /// Those who get an address: first the ones who keep theirs, then the others by age.
    fn takers(&self) -> Vec<&'a Person> {
        let people = self.inputs.people.iter();
        let mut takers: Vec<&Person> = people
            .filter(|person| person.active && !self.left_alone.contains_key(person.id.as_str()))
            .collect();
        takers.sort_by_key(|person| {
            let account = self.account_of.get(person.id.as_str());
            let keeps = account.is_some_and(|account| {
                account.state == State::Active && fold(&account.email) == fold(&person.user_name)
            });
            !keeps
        });
        takers
    }
}

/// The aliases an account has left after the sync. Coming from ADI it loses them, since SCIM
/// cannot keep them; coming back from the archive too, since others may have them by now; and
/// an alias that becomes the address is none any more.
pub(super) fn aliases_after(person: &Person, account: &Account) -> Vec<String> {
    if account.managed_by == ManagedBy::Adi || account.state == State::Archived {
        return Vec::new();
    }
    let address = fold(&person.user_name);
    let aliases = account.aliases.iter();
    aliases.filter(|alias| fold(alias) != address).cloned().collect()
}

fn hold_all<'a>(held: &mut HashMap<String, Holder<'a>>, account: &'a Account) {
    if account.state == State::Archived {
        return;
    }
    for address in account.addresses() {
        held.entry(address).or_insert_with(|| Holder {
            name: account.name(),
            person: None,
            account: Some(&account.id),
        });
    }
}

/// `meant` is the account that the address of a person without one leads to.
fn why_refused(person: &Person, holder: &Holder<'_>, meant: Option<&Account>) -> Reason {
    match (meant, holder.person) {
        (Some(account), Some(other)) if holder.account == Some(account.id.as_str()) => Reason::AccountTaken {
            address: account.email.clone(),
            by: other.user_name.clone(),
        },
        _ => Reason::AddressTaken {
            address: person.user_name.clone(),
            by: holder.name.clone(),
        },
    }
}

fn by_email(accounts: &[Account]) -> ByAddress<'_> {
    let mut found = ByAddress::new();
    for account in active_first(accounts) {
        found.entry(fold(&account.email)).or_default().push(account);
    }
    found
}

/// An archived account is found by its aliases too: whoever was matched by one is to find the
/// same account when it is disabled and when it comes back.
fn by_alias(accounts: &[Account]) -> ByAddress<'_> {
    let mut found = ByAddress::new();
    for account in active_first(accounts) {
        for alias in &account.aliases {
            found.entry(fold(alias)).or_default().push(account);
        }
    }
    found
}

fn active_first(accounts: &[Account]) -> impl Iterator<Item = &Account> {
    let in_state = |state| accounts.iter().filter(move |account| account.state == state);
    in_state(State::Active).chain(in_state(State::Archived))
}
