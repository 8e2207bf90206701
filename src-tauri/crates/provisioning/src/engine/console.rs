//! What the console holds, for those who show it.

use std::collections::{HashMap, HashSet};

use super::Engine;
use crate::accounts::{self, Account, ConsoleGroup};
use crate::error::Result;
use crate::explain::{self, Explanation};
use crate::plan::{Consequence, Plan};
use crate::store::{Key, Space};
use crate::sync::{Run, Work, pending};

impl Engine {
    /// Accounts whose name, address or fields hold all words of `search`, by address.
    pub fn accounts(&self, search: &str) -> Result<Vec<Account>> {
        let words = accounts::words(search);
        let mut found = accounts::read_accounts(&self.store)?;
        found.retain(|account| account.matches(&words));
        found.sort_by_cached_key(|account| accounts::fold(&account.email));
        Ok(found)
    }

    /// One account. Fails with [`Error::NotFound`].
    pub fn account(&self, id: &str) -> Result<Account> {
        accounts::read_account(&self.store, id)
    }

    /// The account a directory user is linked to.
    pub fn account_of(&self, directory_user: &str) -> Result<Option<Account>> {
        // An account made by a sync has its user's id; one that was there before has not.
        if let Ok(account) = self.account(directory_user)
            && account.link.as_deref() == Some(directory_user)
        {
            return Ok(Some(account));
        }
        let accounts = accounts::read_accounts(&self.store)?;
        Ok(accounts
            .into_iter()
            .find(|account| account.link.as_deref() == Some(directory_user)))
    }

    /// The console groups an account is in.
    pub fn groups_of_account(&self, id: &str) -> Result<Vec<ConsoleGroup>> {
        accounts::groups_of(&self.store, id)
    }

    /// All the console holds, as one value.
    pub fn console(&self) -> Result<accounts::Console> {
        accounts::read_console(&self.store)
    }

    /// How many accounts there are, archived ones too; none is read.
    pub fn account_count(&self) -> Result<u64> {
        self.store.count(&Key::all(Space::Account))
    }

    /// The accounts that directory users are linked to, by the users' ids.
    pub fn accounts_of(&self, directory_users: &[String]) -> Result<HashMap<String, Account>> {
        let (mut found, mut missing) = (HashMap::new(), HashSet::new());
        for id in directory_users {
            let account: Option<Account> = self.store.get(&Key::named(Space::Account, id))?;
            match account.filter(|account| account.link.as_ref() == Some(id)) {
                Some(account) => {
                    found.insert(id.clone(), account);
                }
                None => {
                    missing.insert(id);
                }
            }
        }
        let mut entries = self.store.scan::<Account>(&Key::all(Space::Account));
        while !missing.is_empty()
            && let Some(entry) = entries.next()
        {
            let (_, account) = entry?;
            if let Some(link) = account.link.clone().filter(|link| missing.remove(link)) {
                found.insert(link, account);
            }
        }
        Ok(found)
    }

    /// Why somebody has, or has not, an account: see [`crate::explain`]. It takes as long as a
    /// plan of everybody.
    pub fn explain(&self, address: &str) -> Result<Explanation> {
        let work = Work {
            store: &self.store,
            directory: self.directory(),
            settings: self.settings(),
            now: &|| self.now(),
            progress: &|_| {},
            cancelled: &|| false,
        };
        let inputs = work.read(0)?.unwrap_or_default();
        let plan = Plan::make(&inputs);
        let mut answer = explain::explain(&inputs, &plan, address.trim(), |account| self.archived(account))?;
        if let Some(why) = crate::sync::why_skip(&work.settings) {
            answer.paragraph = format!("{} But no sync is processed now. {why}", answer.paragraph);
        } else if work.settings.test_mode {
            answer
                .paragraph
                .push_str(" Test Mode is on, so a sync only reports it.");
        }
        Ok(answer)
    }

    /// When, by which sync and why an account was archived, as far as reports are kept.
    fn archived(&self, account: &Account) -> Result<Option<String>> {
        for run in self.reports().newest_first() {
            let run = run?;
            if !run.applied || run.counts.users.archived == 0 {
                continue;
            }
            let (_, rows) = self
                .reports()
                .rows_of(run.id, Consequence::LosesAccess, "", 0, usize::MAX)?;
            let mut changes = rows.iter().filter_map(|(_, row)| row.change());
            if let Some(change) = changes.find(|change| *change.target.id() == account.id) {
                let at = run.finished.unwrap_or(run.started);
                return Ok(Some(format!(
                    "It was archived on {} by sync {}, because: {}.",
                    at.strftime("%-d %B %Y at %H:%M UTC"),
                    run.id,
                    change.why.sentence()
                )));
            }
        }
        Ok(None)
    }

    /// How often the identity provider has changed the directory since a sync looked at it; `None`
    /// for a sync of an earlier version, which did not count.
    pub fn changes_since(&self, run: &Run) -> Result<Option<u64>> {
        let seen = run.directory_changes;
        seen.map(|seen| pending::changes_since(&self.store, seen))
            .transpose()
    }
}
