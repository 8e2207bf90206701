//! What administrators keep from syncs: exempt accounts and addresses, protected accounts, holds.
//! Each action waits for a sync under way, which was planned without it.

use super::{Engine, Happening, Topic};
use crate::accounts::{self, Account, ExemptAddress};
use crate::clock::lock;
use crate::error::{Error, Result};
use crate::holds::{self, Hold};
use crate::journal::Event;
use crate::plan::{FieldChange, Target};
use crate::reports::Row;
use crate::store::{Key, Space};

impl Engine {
    /// Keeps an account out of provisioning, or lets it in again; then its addresses leave the
    /// exempt list, too. Fails with [`Error::NotFound`].
    pub fn set_exempt(&self, id: &str, exempt: bool) -> Result<Account> {
        let _turn = lock(&self.sync_turn);
        let before = self.account(id)?;
        let listed = self.listed_addresses(&before)?;
        if before.exempt == exempt && (exempt || listed.is_empty()) {
            return Ok(before);
        }
        let is_out = before.exempt || !listed.is_empty();
        let mut after = before.clone();
        after.exempt = exempt;
        let event = self.marked(&before, "exempt", "Exempt from provisioning", [is_out, exempt]);
        let freed: Vec<Key> = listed
            .iter()
            .map(|one| accounts::exempt_key(&one.address))
            .collect();
        self.store_marked(event, after, if exempt { &[] } else { &freed })
    }

    /// Protects an account from being archived by a sync, or no longer. Fails with
    /// [`Error::NotFound`].
    pub fn set_protected(&self, id: &str, protected: bool) -> Result<Account> {
        let _turn = lock(&self.sync_turn);
        let before = self.account(id)?;
        if before.protected == protected {
            return Ok(before);
        }
        let mut after = before.clone();
        after.protected = protected;
        let event = self.marked(
            &before,
            "protected",
            "Protected from being archived",
            [before.protected, protected],
        );
        self.store_marked(event, after, &[])
    }

    fn marked(&self, account: &Account, key: &str, label: &str, [before, after]: [bool; 2]) -> Event {
        let text = |mark: bool| Some(if mark { "yes" } else { "no" }.to_owned());
        let mut event = Event::admin(self.now(), "Change account", "");
        event.identity.clone_from(&account.email);
        event.target.clone_from(&account.id);
        event.modified = vec![FieldChange {
            key: key.to_owned(),
            label: label.to_owned(),
            path: String::new(),
            before: text(before),
            after: text(after),
        }];
        event
    }

    fn store_marked(&self, event: Event, mut account: Account, remove: &[Key]) -> Result<Account> {
        account.changed = self.now();
        self.act(event, |turn| {
            for key in remove {
                turn.remove(key);
            }
            turn.put(&Key::named(Space::Account, &account.id), &account)
        })?;
        self.tell(&Happening::Changed(Topic::Accounts));
        Ok(account)
    }

    /// The exempt list, by address.
    pub fn exempt_list(&self) -> Result<Vec<ExemptAddress>> {
        accounts::read_exempt(&self.store)
    }

    /// The addresses of an account that are on the exempt list.
    pub fn listed_addresses(&self, account: &Account) -> Result<Vec<ExemptAddress>> {
        let entries = account
            .addresses()
            .map(|address| self.store.get(&accounts::exempt_key(&address)));
        entries.filter_map(Result::transpose).collect()
    }

    /// Puts addresses on the exempt list. Returns how many were not on it before. Fails with
    /// [`Error::Invalid`] for what is no address.
    pub fn add_exempt(&self, addresses: &[String], source: &str) -> Result<u64> {
        if let Some(wrong) = addresses.iter().find(|address| !accounts::is_email(address)) {
            return Err(Error::invalid(
                "addresses",
                format!("\"{wrong}\" is no e-mail address. Write one such as adelev@contoso.com."),
            ));
        }
        self.change_exempt("Add to exempt list", source, addresses, true)
    }

    /// Takes addresses from the exempt list. Returns how many were on it.
    pub fn remove_exempt(&self, addresses: &[String], source: &str) -> Result<u64> {
        self.change_exempt("Remove from exempt list", source, addresses, false)
    }

    fn change_exempt(&self, action: &str, source: &str, addresses: &[String], add: bool) -> Result<u64> {
        let _turn = lock(&self.sync_turn);
        let now = self.now();
        let mut wanted = Vec::new();
        let mut seen = std::collections::HashSet::new();
        for address in addresses {
            let key = accounts::exempt_key(address);
            if self.store.contains(&key)? != add && seen.insert(accounts::fold(address)) {
                wanted.push((key, address));
            }
        }
        if wanted.is_empty() {
            return Ok(0);
        }
        let reason = match wanted.len() {
            1 => "1 address.".to_owned(),
            many => format!("{many} addresses."),
        };
        let mut event = Event::admin(now, action, reason);
        source.clone_into(&mut event.identity);
        self.act(event, |turn| {
            for (key, address) in &wanted {
                if add {
                    let address = (*address).clone();
                    turn.put(key, &ExemptAddress { address, since: now })?;
                } else {
                    turn.remove(key);
                }
            }
            Ok(())
        })?;
        self.tell(&Happening::Changed(Topic::Accounts));
        Ok(wanted.len() as u64)
    }

    /// Every hold.
    pub fn holds(&self) -> Result<Vec<Hold>> {
        holds::all(&self.store)
    }

    /// Whether an object is on hold.
    pub fn is_on_hold(&self, target: &Target) -> Result<bool> {
        self.store.contains(&holds::key_of(target))
    }

    /// Puts what a row of a report is about on hold: later syncs leave it as it is. Fails with
    /// [`Error::NotFound`], and with [`Error::Invalid`] for a row that is no change.
    pub fn hold(&self, run: u64, place: u64) -> Result<Hold> {
        let _turn = lock(&self.sync_turn);
        let key = Key::numbered_pair(Space::ReportRow, run, place);
        let row: Row = self
            .store
            .get(&key)?
            .ok_or_else(|| Error::not_found("report row", &place))?;
        let change = row.change().ok_or_else(|| {
            Error::invalid(
                "row",
                "Only a change can be put on hold; this row changes nothing.",
            )
        })?;
        let key = holds::key_of(&change.target);
        if let Some(held) = self.store.get(&key)? {
            return Ok(held);
        }
        let hold = Hold::of(change, run, self.now());
        self.act(self.held_event("Put on hold", &hold), |turn| {
            turn.put(&key, &hold)
        })?;
        self.tell(&Happening::Changed(Topic::Accounts));
        Ok(hold)
    }

    /// Releases an object: the next sync changes it. One that is not on hold stays so.
    pub fn release(&self, target: &Target) -> Result<()> {
        let _turn = lock(&self.sync_turn);
        let key = holds::key_of(target);
        let Some(hold) = self.store.get::<Hold>(&key)? else {
            return Ok(());
        };
        self.act(self.held_event("Release from hold", &hold), |turn| {
            turn.remove(&key);
            Ok(())
        })?;
        self.tell(&Happening::Changed(Topic::Accounts));
        Ok(())
    }

    fn held_event(&self, action: &str, hold: &Hold) -> Event {
        let reason = format!("To {} it was planned by sync {}.", hold.action.verb(), hold.run);
        let mut event = Event::admin(self.now(), action, reason);
        event.identity = hold.what();
        event.target.clone_from(hold.target.id());
        event
    }
}
