//! Keeping the log within its age and its number.

use jiff::{SignedDuration, Timestamp};

use super::query::Began;
use super::{Journal, chain};
use crate::error::Result;
use crate::settings::Settings;
use crate::store::{Key, Space, decode, number};

/// Events removed in one turn, so that a write never waits long for its own.
const AT_ONCE: usize = 1_000;

impl Journal<'_> {
    /// Removes events that are too old or too many, and the rows of reports that are too old. Returns
    /// how many events. "Too many" is told by the numbers, as in [`Journal::count`]: where one is
    /// missing it counts as kept, so that nobody has to look at a million keys every thousand
    /// requests. One that cannot be read goes with the next that can; it keeps nothing from working.
    pub(crate) fn prune(&self, settings: &Settings) -> Result<u64> {
        let oldest = self
            .now
            .saturating_sub(SignedDuration::from_hours(24 * i64::from(settings.log_days)))
            .unwrap_or(Timestamp::MIN);
        crate::reports::prune_rows(self.store, oldest)?;
        let Some((_, last)) = self.store.ends(&Key::all(Space::Event))? else {
            return Ok(0);
        };
        let surplus_to = last.saturating_sub(u64::from(settings.log_events));
        let mut removed = 0;
        loop {
            let outdated = self.outdated(surplus_to, oldest)?;
            if outdated.is_empty() {
                return Ok(removed);
            }
            removed += outdated.len() as u64;
            self.store.write_unawaited(|turn| {
                for (key, _) in &outdated {
                    turn.remove(key);
                }
                let numbers = outdated
                    .iter()
                    .filter_map(|(key, _)| number(key.bytes().get(1..)?));
                let links = chain::cut(turn, numbers.max().unwrap_or_default())?;
                let bytes: u64 = outdated.iter().map(|(_, bytes)| bytes).sum();
                turn.note_removed(bytes + links)
            })?;
        }
    }

    /// The first keys of events up to the number `surplus_to` or from before `oldest`, each with
    /// its bytes; about as many as are removed in one turn.
    fn outdated(&self, surplus_to: u64, oldest: Timestamp) -> Result<Vec<(Key, u64)>> {
        let (mut keys, mut unread) = (Vec::new(), Vec::new());
        for entry in self.store.raw(&Key::all(Space::Event)) {
            let (rest, value) = entry?;
            let key = (Key::raw(Space::Event, &rest), (rest.len() + value.len()) as u64);
            let is_surplus = number(&rest).is_none_or(|id| id <= surplus_to);
            match decode::<Began>(Space::Event, &value) {
                Ok(event) if is_surplus || event.at < oldest => {
                    keys.append(&mut unread);
                    keys.push(key);
                }
                Err(_) if is_surplus => keys.push(key),
                Err(_) => unread.push(key),
                Ok(_) => break,
            }
            if keys.len() >= AT_ONCE {
                break;
            }
        }
        Ok(keys)
    }
}

/// What the limits of the log mean for it as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    /// Events stored.
    pub stored: u64,
    /// When the oldest of them began.
    pub oldest: Option<Timestamp>,
    /// Events that would be removed.
    pub removes: u64,
    /// When the oldest event would have begun that stays.
    pub oldest_left: Option<Timestamp>,
}

impl Journal<'_> {
    /// What these settings would remove, saved now. Events are dated when they begin and numbered
    /// when they end, so the number may be wrong by those that were under way at once.
    pub fn would_keep(&self, settings: &Settings) -> Result<Kept> {
        let Some((first, last)) = self.store.ends(&Key::all(Space::Event))? else {
            return Ok(Kept::default());
        };
        let oldest_kept = self
            .now
            .saturating_sub(SignedDuration::from_hours(24 * i64::from(settings.log_days)))
            .unwrap_or(Timestamp::MIN);
        // The first number in `low..=last + 1` whose event is young enough.
        let (mut low, mut high) = (first, last + 1);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.began(middle)?.is_some_and(|at| at >= oldest_kept) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        let first_left = low.max((last + 1).saturating_sub(u64::from(settings.log_events)));
        Ok(Kept {
            stored: last - first + 1,
            oldest: self.began(first)?,
            removes: first_left.saturating_sub(first),
            oldest_left: self.began(first_left)?,
        })
    }

    /// When an event began, if it is there and can be read.
    fn began(&self, id: u64) -> Result<Option<Timestamp>> {
        let bytes = self.store.bytes(&Key::numbered(Space::Event, id))?;
        let began = bytes.and_then(|bytes| decode::<Began>(Space::Event, bytes.as_ref()).ok());
        Ok(began.map(|began| began.at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::{Event, EventKind, append, complete};
    use crate::store::Store;

    const DAY: i64 = 24 * 3_600;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    /// A log with an event a day, from day 1 on.
    fn log_of(store: &Store, days: i64) {
        for day in 1..=days {
            let mut event = Event::new(EventKind::Request, at(day * DAY), "ask", "test");
            store.write(|turn| append(turn, &mut event)).unwrap();
        }
    }

    fn numbers(store: &Store) -> Vec<u64> {
        let keys = store.raw(&Key::all(Space::Event)).map(Result::unwrap);
        keys.filter_map(|(rest, _)| number(&rest)).collect()
    }

    fn prune(store: &Store, now: i64, log_days: u32, log_events: u32) -> u64 {
        let settings = Settings {
            log_days,
            log_events,
            ..Settings::default()
        };
        Journal { store, now: at(now) }.prune(&settings).unwrap()
    }

    #[test]
    fn events_that_cannot_be_read_go_with_the_next_that_can() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        log_of(&store, 6);
        let torn = |number| {
            store
                .write(|turn| {
                    turn.put_raw(&Key::numbered(Space::Event, number), b"torn".to_vec());
                    Ok(())
                })
                .unwrap();
        };
        torn(1);
        torn(3);
        torn(4);
        // A key that is no number: it is nobody's place in the log, so it is surplus.
        store
            .write(|turn| {
                turn.put_raw(&Key::raw(Space::Event, b"\0"), b"{}".to_vec());
                Ok(())
            })
            .unwrap();
        assert_eq!(
            prune(&store, 5 * DAY + 1, 3, 1_000),
            3,
            "the odd one, the first, the second"
        );
        assert_eq!(numbers(&store), [3, 4, 5, 6]);
        assert_eq!(
            prune(&store, 5 * DAY + 1, 3, 2),
            2,
            "by number, whether they can be read or not"
        );
        assert_eq!(numbers(&store), [5, 6]);
        assert_eq!(store.count(&Key::all(Space::Event)).unwrap(), 2);
    }

    #[test]
    fn what_limits_would_remove_is_what_they_remove() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        log_of(&store, 10);
        let now = 10 * DAY + 1;
        for (log_days, log_events) in [(4, 1_000), (3_650, 7), (3, 2), (3_650, 1_000), (1, 1)] {
            let settings = Settings {
                log_days,
                log_events,
                ..Settings::default()
            };
            let journal = Journal {
                store: &store,
                now: at(now),
            };
            let told = journal.would_keep(&settings).unwrap();
            let mut left = numbers(&store);
            assert_eq!(told.stored, left.len() as u64);
            assert_eq!(journal.prune(&settings).unwrap(), told.removes, "{settings:?}");
            left.drain(..usize::try_from(told.removes).unwrap());
            assert_eq!(numbers(&store), left);
            let oldest = left.first().map(|id| at(i64::try_from(*id).unwrap() * DAY));
            assert_eq!(told.oldest_left, oldest);
        }
    }

    #[test]
    fn a_draft_that_the_limits_have_removed_does_not_come_back() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        log_of(&store, 3);
        let draft: Event = store.get(&Key::numbered(Space::Event, 1)).unwrap().unwrap();
        assert_eq!(prune(&store, 3 * DAY, 1, 1_000), 1);
        assert!(!store.write(|turn| complete(turn, &draft)).unwrap());
        assert_eq!(numbers(&store), [2, 3], "the log has no hole");
    }
}
