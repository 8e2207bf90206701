//! Who belongs to which account, and who has to be left alone.
//!
//! Everything here looks at who holds which address *after* the sync, so that an address can be
//! handed from one person to another in one plan, and a second plan finds nothing to do.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::{HeldBy, Inputs, Person, Reason, Target};
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
    /// Accounts whose change is held back; one that is still to be made has its user's id.
    held: HashMap<&'a str, HeldBy>,
    /// Who holds which address, folded, after the sync: the active accounts.
    holders: HashMap<String, Holder<'a>>,
}

/// Address, folded → accounts, by id.
type ByAddress<'a> = HashMap<String, Vec<&'a Account>>;

/// Who holds an address after the sync.
struct Holder<'a> {
    name: Cow<'a, str>,
    /// Who gets or keeps it; nobody if an account holds it that is left as it is.
    person: Option<&'a Person>,
    account: Option<&'a str>,
}

impl<'a> Matching<'a> {
    /// Matches everybody: by link, by address, by alias, in that order for all people together;
    /// and by the addresses of archived accounts last, since who is active and known by an alias
    /// is not somebody who left.
    pub(super) fn of(inputs: &'a Inputs) -> Self {
        let mut matching = Self {
            inputs,
            account_of: HashMap::new(),
            claimed: HashSet::new(),
            left_alone: HashMap::new(),
            held: HashMap::new(),
            holders: HashMap::new(),
        };
        let tiers = tiers(&inputs.console.accounts);
        matching.match_by_link();
        matching.leave_those_without_address_alone();
        for tier in &tiers {
            matching.match_by_address(tier);
        }
        matching.leave_exempt_alone();
        matching.hold_back();
        while matching.leave_taken_addresses_alone(&tiers) {}
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
            if is_settled {
                continue;
            }
            let mut found = accounts.get(&fold(person.address())).into_iter().flatten();
            if let Some(account) = found.find(|account| !self.claimed.contains(account.id.as_str())) {
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
            let why = match self.account_of.get(person.id.as_str()) {
                Some(account) => account.exempt.then_some(Reason::Exempt),
                None if self.inputs.exempt.is_empty() || !person.active => None,
                None => self
                    .inputs
                    .exempt
                    .contains(&fold(&person.user_name))
                    .then_some(Reason::ExemptAddress),
            };
            if let Some(why) = why {
                self.left_alone.insert(&person.id, why);
            }
        }
    }

    /// Whose change is held back: of those on hold all of it, of the protected ones an archive.
    fn hold_back(&mut self) {
        for person in &self.inputs.people {
            let account = self.account_of.get(person.id.as_str()).copied();
            let id = account.map_or(person.id.as_str(), |account| account.id.as_str());
            let is_protected = account.is_some_and(|account| account.protected) && !person.active;
            self.hold_back_one(id, is_protected);
        }
        for account in &self.inputs.console.accounts {
            if !self.claimed.contains(account.id.as_str()) && !account.exempt {
                self.hold_back_one(&account.id, account.protected);
            }
        }
    }

    fn hold_back_one(&mut self, id: &'a str, is_protected: bool) {
        let target = || Target::User {
            account: id.to_owned(),
        };
        if !self.inputs.holds.is_empty() && self.inputs.holds.contains(&target()) {
            self.held.insert(id, HeldBy::Administrator);
        } else if is_protected {
            self.held.insert(id, HeldBy::Protected);
        }
    }

    /// Who holds back the change of an account, or of one that is still to be made.
    pub(super) fn held(&self, id: &str) -> Option<HeldBy> {
        self.held.get(id).copied()
    }

    /// Whether the change of a person's account is held back.
    pub(super) fn is_held(&self, person: &Person) -> bool {
        let account = self.account_of.get(person.id.as_str());
        self.held(account.map_or(person.id.as_str(), |account| account.id.as_str()))
            .is_some()
    }

    /// Leaves those alone whose address another account would hold after the sync. One who is
    /// left alone keeps the old address, which may be the one that somebody else is to get; so
    /// this is repeated until nobody is added. Returns whether somebody was.
    fn leave_taken_addresses_alone(&mut self, tiers: &[ByAddress<'a>]) -> bool {
        let mut holders = self.addresses_that_stay();
        let mut refused = Vec::new();
        for person in self.takers() {
            let address = fold(&person.user_name);
            if let Some(holder) = holders.get(&address) {
                let has_none = !self.account_of.contains_key(person.id.as_str());
                let meant = tiers.iter().find_map(|tier| tier.get(&address)?.first().copied());
                let meant = meant.filter(|_| has_none);
                refused.push((person.id.as_str(), why_refused(person, holder, meant)));
            } else {
                holders.insert(address, self.holder(person));
            }
        }
        let added = !refused.is_empty();
        self.left_alone.extend(refused);
        self.holders = holders;
        added
    }

    /// The name of the other account that holds an address after the sync.
    pub(super) fn holder_of(&self, address: &str, but: &Account) -> Option<&str> {
        let holder = self.holders.get(&fold(address))?;
        (holder.account != Some(but.id.as_str())).then_some(&*holder.name)
    }

    fn holder(&self, person: &'a Person) -> Holder<'a> {
        Holder {
            name: Cow::Borrowed(&person.name),
            person: Some(person),
            account: self
                .account_of
                .get(person.id.as_str())
                .map(|account| account.id.as_str()),
        }
    }

    /// The addresses that are held whoever gets a new one: all of the active accounts that stay
    /// as they are or are held back, and the aliases of those that change and keep them. An
    /// archived account, and one that this plan archives, holds no address.
    fn addresses_that_stay(&self) -> HashMap<String, Holder<'a>> {
        let mut held = HashMap::new();
        for account in self
            .inputs
            .console
            .accounts
            .iter()
            .filter(|account| account.exempt || self.held.contains_key(account.id.as_str()))
        {
            hold_all(&mut held, account);
        }
        for person in &self.inputs.people {
            let Some(account) = self.account_of.get(person.id.as_str()).copied() else {
                continue;
            };
            if self.left_alone.contains_key(person.id.as_str()) {
                hold_all(&mut held, account);
            } else if person.active && !self.is_held(person) {
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
        let takers = people.filter(|person| {
            person.active && !self.left_alone.contains_key(person.id.as_str()) && !self.is_held(person)
        });
        let (mut keep, others): (Vec<&Person>, Vec<&Person>) = takers.partition(|person| {
            let account = self.account_of.get(person.id.as_str());
            account.is_some_and(|account| {
                account.state == State::Active
                    && (account.email == person.user_name || fold(&account.email) == fold(&person.user_name))
            })
        });
        keep.extend(others);
        keep
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
            name: Cow::Owned(account.name()),
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
            by: holder.name.to_string(),
        },
    }
}

/// Where accounts are looked for, in this order: the addresses of the active ones, their aliases,
/// and the same of the archived ones. An archived account is found by its aliases too: whoever was
/// matched by one is to find the same account when it is disabled and when it comes back.
fn tiers(accounts: &[Account]) -> [ByAddress<'_>; 4] {
    let mut tiers: [ByAddress<'_>; 4] = Default::default();
    let [emails, aliases, old_emails, old_aliases] = &mut tiers;
    for account in accounts {
        let (emails, aliases) = match account.state {
            State::Active => (&mut *emails, &mut *aliases),
            State::Archived => (&mut *old_emails, &mut *old_aliases),
        };
        emails.entry(fold(&account.email)).or_default().push(account);
        for alias in &account.aliases {
            aliases.entry(fold(alias)).or_default().push(account);
        }
    }
    tiers
}
