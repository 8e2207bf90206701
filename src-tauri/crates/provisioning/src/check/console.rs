//! The console's accounts and groups.

use std::collections::HashMap;

use super::look::{Look, parts, shown};
use crate::accounts::{Account, ConsoleGroup, State, fold};
use crate::error::Result;
use crate::store::{Key, Space};

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

fn is_under_its_id(look: &mut Look<'_, '_>, what: &str, rest: &[u8], id: &str) {
    if rest != id.as_bytes() {
        look.find(format!(
            "The {what} under the key {} says that its id is \"{id}\".",
            shown(rest)
        ));
    }
}
