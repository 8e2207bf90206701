//! What an administrator keeps from changes now, which an undo leaves alone as a sync does.

use std::collections::{HashMap, HashSet};

use crate::accounts::{Account, Console, heed_exempt};
use crate::error::Result;
use crate::holds;
use crate::plan::{Reason, Target};
use crate::store::Store;

/// Holds, exempt accounts and protected accounts.
pub(super) struct Kept<'a> {
    held: HashSet<Target>,
    accounts: HashMap<&'a str, &'a Account>,
}

impl<'a> Kept<'a> {
    /// Reads them. In `console`, which is not stored again, those on the exempt list become exempt.
    pub(super) fn of(store: &Store, console: &'a mut Console) -> Result<Self> {
        heed_exempt(store, console)?;
        let accounts = console.accounts.iter();
        Ok(Self {
            held: holds::targets(store)?,
            accounts: accounts.map(|one| (one.id.as_str(), one)).collect(),
        })
    }

    /// Why this is left alone, if it is; `is_put_away` tells that the undo would archive it.
    pub(super) fn why(&self, target: &Target, is_put_away: bool) -> Option<Reason> {
        let account = match target {
            Target::User { account } | Target::Membership { account, .. } => {
                self.accounts.get(account.as_str())
            }
            Target::Group { .. } => None,
        };
        if account.is_some_and(|account| account.exempt) {
            return Some(Reason::Exempt);
        }
        if self.held.contains(target) {
            return Some(Reason::OnHold);
        }
        let is_protected = is_put_away && account.is_some_and(|account| account.protected);
        is_protected.then_some(Reason::Protected)
    }
}
