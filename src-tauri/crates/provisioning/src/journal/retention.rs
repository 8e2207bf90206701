//! Keeping the log within its age and its number.

use jiff::SignedDuration;

use super::{Event, Journal};
use crate::error::Result;
use crate::settings::Settings;
use crate::store::{Key, Space, number};

/// Events removed in one turn, so that a write never waits long for its own.
const AT_ONCE: usize = 1_000;

impl Journal<'_> {
    /// Removes events that are too old or too many, and the rows of reports that are too old. Returns how many
    /// events. "Too many" is told by the
    /// numbers, as in [`Journal::count`]: where one is missing it counts as kept, so that nobody
    /// has to look at a million keys every thousand requests.
    pub(crate) fn prune(&self, settings: &Settings) -> Result<u64> {
        let oldest = self
            .now
            .saturating_sub(SignedDuration::from_hours(24 * i64::from(settings.log_days)))
            .unwrap_or(jiff::Timestamp::MIN);
        crate::reports::prune_rows(self.store, oldest)?;
        let Some((_, last)) = self.store.ends(&Key::all(Space::Event))? else {
            return Ok(0);
        };
        let surplus_to = last.saturating_sub(u64::from(settings.log_events));
        let mut removed = 0;
        loop {
            let mut keys = Vec::new();
            for entry in self.store.scan::<Event>(&Key::all(Space::Event)).take(AT_ONCE) {
                let (rest, event) = entry?;
                let id = number(&rest).unwrap_or_default();
                if id > surplus_to && event.at >= oldest {
                    break;
                }
                keys.push(Key::numbered(Space::Event, id));
            }
            if keys.is_empty() {
                return Ok(removed);
            }
            removed += keys.len() as u64;
            self.store.write(|turn| {
                for key in &keys {
                    turn.remove(key);
                }
                Ok(())
            })?;
        }
    }
}
