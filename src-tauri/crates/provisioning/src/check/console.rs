//! The console's accounts and groups.

use std::collections::HashMap;

use super::look::{Look, parts, shown};
use crate::accounts::{Account, ConsoleGroup, ExemptAddress, State, exempt_key, fold};
use crate::error::Result;
use crate::holds::{self, Hold};
use crate::store::{Key, Space, number};

/// Accounts are under their ids, and no two active ones share an address.
pub(super) fn accounts(look: &mut Look<'_, '_>) -> Result<()> {
    let mut addresses: HashMap<String, String> = HashMap::new();
    look.each(Space::Account, |look, rest, account: Account| {
        look.count("accounts");
        is_under_its_id(look, "account", rest, &account.id);
        if account.state == State::Active
            && let Some(other) = addresses.insert(fold(&account.email), account.id.clone())
        {
            look.find(format!(
                "The active accounts {other} and {} share the address {}.",
                account.id, account.email
            ));
        }
        Ok(())
    })
}

/// Groups are under their ids, and their members exist.
pub(super) fn groups(look: &mut Look<'_, '_>) -> Result<()> {
    look.each(Space::ConsoleGroup, |look, rest, group: ConsoleGroup| {
        look.count("console groups");
        is_under_its_id(look, "console group", rest, &group.id);
        Ok(())
    })?;
    look.each(Space::ConsoleMember, |look, rest, ()| {
        let key = Key::raw(Space::ConsoleMember, rest);
        let Some((group, account)) = parts(rest) else {
            look.remove(
                format!("A console membership has the key {}, which is none.", shown(rest)),
                &key,
            );
            return Ok(());
        };
        for (space, id) in [(Space::ConsoleGroup, &group), (Space::Account, &account)] {
            if !look.is_there(&Key::named(space, id))? {
                let sentence = format!(
                    "The membership of the account {account} in the console group {group} is left over: the {} does not exist.",
                    space.noun()
                );
                look.remove(sentence, &key);
                return Ok(());
            }
        }
        Ok(())
    })
}

/// Holds and exempt addresses are under what they are about; what a sync found is of one there is.
pub(super) fn kept(look: &mut Look<'_, '_>) -> Result<()> {
    look.each(Space::Hold, |look, rest, hold: Hold| {
        look.count("holds");
        is_under(look, "hold", rest, &holds::key_of(&hold.target));
        Ok(())
    })?;
    look.each(Space::Exempt, |look, rest, entry: ExemptAddress| {
        look.count("exempt addresses");
        is_under(look, "exempt address", rest, &exempt_key(&entry.address));
        Ok(())
    })?;
    look.each(Space::Before, |look, rest, _: serde_json::Value| {
        look.count("records before a change");
        let run = number(rest).filter(|_| rest.len() == 16);
        let is_there = match run {
            Some(run) => look.turn.contains(&Key::numbered(Space::Run, run))?,
            None => false,
        };
        if !is_there {
            look.find(format!(
                "There is a record of how something was before a sync that does not exist, under the key {}.",
                shown(rest)
            ));
        }
        Ok(())
    })
}

fn is_under(look: &mut Look<'_, '_>, what: &str, rest: &[u8], key: &Key) {
    if key.bytes().get(1..) != Some(rest) {
        look.find(format!(
            "The {what} under the key {} belongs under another.",
            shown(rest)
        ));
    }
}

fn is_under_its_id(look: &mut Look<'_, '_>, what: &str, rest: &[u8], id: &str) {
    if rest != id.as_bytes() {
        look.find(format!(
            "The {what} under the key {} says that its id is \"{id}\".",
            shown(rest)
        ));
    }
}
