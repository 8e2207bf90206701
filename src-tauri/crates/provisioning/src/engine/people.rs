//! Who somebody is, across the directory, the console and the log.

use super::Engine;
use crate::accounts::{Account, fold};
use crate::directory::{Kind, Resource};
use crate::error::Result;
use crate::journal::timeline::Person;
use crate::store::{Key, Space};

impl Engine {
    /// The person behind the id of a directory user, the id of an account, or an address. One that
    /// is in neither any more is known by what was asked: the log may still tell of them.
    pub fn person(&self, of: &str) -> Result<Person> {
        let of = of.trim();
        let mut user = self.directory().find(Kind::User, of)?;
        let mut account = match &user {
            Some(user) => self.account_of(&user.id)?,
            None => self.account(of).ok(),
        };
        if user.is_none() && account.is_none() {
            user = self.user_named(of)?;
            account = match &user {
                Some(user) => self.account_of(&user.id)?,
                None => self.account_with(of)?,
            };
        }
        if let (None, Some(account)) = (&user, &account)
            && let Some(link) = &account.link
        {
            user = self.directory().find(Kind::User, link)?;
        }
        Ok(person_of(of, user.as_ref(), account.as_ref()))
    }

    fn user_named(&self, address: &str) -> Result<Option<Resource>> {
        let id: Option<String> = self.store.get(&Key::named(Space::UserName, &fold(address)))?;
        id.map_or(Ok(None), |id| self.directory().find(Kind::User, &id))
    }

    fn account_with(&self, address: &str) -> Result<Option<Account>> {
        let folded = fold(address);
        let mut accounts = self.accounts("")?.into_iter();
        Ok(accounts.find(|account| account.addresses().any(|one| one == folded)))
    }
}

fn person_of(of: &str, user: Option<&Resource>, account: Option<&Account>) -> Person {
    let mut person = Person {
        name: of.to_owned(),
        user: user.map(|user| user.id.clone()),
        account: account.map(|account| account.id.clone()),
        ..Person::default()
    };
    if of.contains('@') {
        person.addresses.insert(fold(of));
    }
    if let Some(account) = account {
        person
            .addresses
            .extend(account.addresses().map(|address| fold(&address)));
        person.name = account.name();
    }
    if let Some(user) = user {
        person.addresses.insert(fold(user.name(Kind::User)));
        person.name = user.display_name();
    }
    // A person who is nowhere: what was asked may be the id that events tell of.
    if person.user.is_none() && person.account.is_none() && person.addresses.is_empty() {
        person.user = Some(of.to_owned());
    }
    person
}
