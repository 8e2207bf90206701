//! What administrators do: each action is checked, done, logged and durable when it returns.

use super::{Engine, Happening, Topic};
use crate::accounts::{self, Imported, Row};
use crate::clock::lock;
use crate::error::{Error, Result};
use crate::journal::{self, Event};
use crate::plan::FieldChange;
use crate::settings::{Durability, SettingChange, Settings};
use crate::store::{Key, Space, Transaction};
use crate::sync::Trigger;
use crate::token::{ClearToken, Tokens};

/// Settings as they were saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedSettings {
    /// What is in force now.
    pub settings: Settings,
    /// Test Mode was turned on because the service was switched to SCIM.
    pub test_mode_forced: bool,
}

impl Engine {
    /// Saves a draft, all of it or nothing. Fails with [`Error::Invalid`].
    pub fn save_settings(&self, draft: &Settings) -> Result<SavedSettings> {
        draft.validate()?;
        let _turn = lock(&self.admin_turn);
        let before = self.settings();
        let after = before.adjusted(draft);
        let changes = before.changes(&after);
        if !changes.is_empty() {
            let mut event = Event::admin(self.now(), "Save settings", "");
            event.modified = changes.into_iter().map(field_change).collect();
            self.act(event, |turn| turn.put(&Key::all(Space::Settings), &after))?;
            self.store
                .survive_power_loss(after.durability == Durability::PowerLoss);
            *lock(&self.settings) = after.clone();
            self.settings_changed(&before, &after);
        }
        let test_mode_forced = after.test_mode && !draft.test_mode;
        Ok(SavedSettings {
            settings: after,
            test_mode_forced,
        })
    }

    /// A sync under way began with other settings: with Test Mode off, perhaps, that is on now.
    fn settings_changed(&self, before: &Settings, after: &Settings) {
        self.tell(&Happening::Changed(Topic::Settings));
        if before.affects_syncs(after) {
            self.cancel_sync();
            if after.enabled {
                self.schedule_sync(Trigger::Settings);
            }
        }
        if (before.log_days, before.log_events) != (after.log_days, after.log_events) {
            self.prune_log();
        }
    }

    /// What is known about the tokens.
    pub fn tokens(&self) -> Tokens {
        lock(&self.tokens).0.clone()
    }

    /// Makes the first token. Fails with [`Error::TokenExists`] if one is in force.
    pub fn generate_token(&self) -> Result<ClearToken> {
        let _turn = lock(&self.admin_turn);
        if self.tokens().active.is_some() {
            return Err(Error::TokenExists);
        }
        self.issue_token("Generate SCIM token")
    }

    /// Makes a new token; the one in force stops at once. Fails with [`Error::NoToken`].
    pub fn regenerate_token(&self) -> Result<ClearToken> {
        let _turn = lock(&self.admin_turn);
        if self.tokens().active.is_none() {
            return Err(Error::NoToken);
        }
        self.issue_token("Regenerate SCIM token")
    }

    /// Ends the token in force. Fails with [`Error::NoToken`].
    pub fn revoke_token(&self) -> Result<Tokens> {
        let _turn = lock(&self.admin_turn);
        let mut tokens = self.tokens();
        let retired = tokens.retire(self.now(), false).ok_or(Error::NoToken)?;
        self.store_tokens("Revoke SCIM token", &retired.display(), tokens.clone())?;
        Ok(tokens)
    }

    fn issue_token(&self, action: &str) -> Result<ClearToken> {
        let token = ClearToken::generate().map_err(|error| Error::Randomness(error.to_string()))?;
        let mut tokens = self.tokens();
        tokens.issue(&token, self.now());
        let display = tokens
            .active
            .as_ref()
            .map(crate::token::TokenRecord::display)
            .unwrap_or_default();
        self.store_tokens(action, &display, tokens)?;
        Ok(token)
    }

    fn store_tokens(&self, action: &str, display: &str, tokens: Tokens) -> Result<()> {
        let mut event = Event::admin(self.now(), action, "");
        display.clone_into(&mut event.identity);
        self.act(event, |turn| turn.put(&Key::all(Space::Token), &tokens))?;
        lock(&self.tokens).0 = tokens;
        self.tell(&Happening::Changed(Topic::Token));
        Ok(())
    }

    /// Takes the rows of an import, all of them in one turn. Accounts are found by address.
    /// Waits for a sync under way. Fails with [`Error::Import`] if two active accounts would
    /// share an address.
    pub fn import_accounts(&self, rows: &[Row], file: &str) -> Result<Imported> {
        let _turn = lock(&self.sync_turn);
        let now = self.now();
        let existing = accounts::read_accounts(&self.store)?;
        let new_id = || uuid::Uuid::new_v4().to_string();
        let (imported, changed) = accounts::take_rows(&existing, rows, new_id, now)?;
        let summary = format!(
            "{} created, {} changed, {} unchanged.",
            imported.created, imported.changed, imported.unchanged
        );
        let mut event = Event::admin(now, "Import accounts", summary);
        file.clone_into(&mut event.identity);
        self.act(event, |turn| {
            changed
                .iter()
                .try_for_each(|account| turn.put(&Key::named(Space::Account, &account.id), account))
        })?;
        self.tell(&Happening::Changed(Topic::Accounts));
        Ok(imported)
    }

    /// An administrator's action with its log event, in one turn, durable when it returns.
    pub(super) fn act(
        &self,
        mut event: Event,
        work: impl FnOnce(&mut Transaction<'_>) -> Result<()>,
    ) -> Result<()> {
        self.store.write(|turn| {
            work(turn)?;
            journal::append(turn, &mut event)?;
            Ok(())
        })?;
        self.store.settle()?;
        self.tell(&Happening::Changed(Topic::Logs));
        Ok(())
    }
}

fn field_change(change: SettingChange) -> FieldChange {
    FieldChange {
        key: change.key.to_owned(),
        label: change.label.to_owned(),
        path: change.key.to_owned(),
        before: Some(change.before),
        after: Some(change.after),
    }
}
