//! What failed is held back and tried again, less and less often.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::job::Job;
use crate::fault::Fault;
use crate::organisation::ObjectId;
use crate::wire::Kind;

/// After so many hours from the first failure it is given up: 28 days.
const LAST_HOUR: i64 = 28 * 24;

/// Which part of an object failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Part {
    /// The object itself.
    Object,
    /// Its manager or members.
    References,
}

/// Something that failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Escrow {
    /// The source's id.
    pub object: ObjectId,
    /// User or group.
    pub kind: Kind,
    /// Which part.
    pub part: Part,
    /// What it is called.
    pub name: String,
    /// When it failed first.
    pub first_failed: Timestamp,
    /// How often it was tried again.
    pub retries: u32,
    /// From when on it is tried again.
    pub due: Timestamp,
    /// What went wrong last.
    pub fault: Fault,
}

/// When something that failed first at `first` and was tried again `retries` times is tried next:
/// in the next cycle, then 6, 12 and 24 hours after the first failure, then every 24 hours. None
/// after 28 days.
pub(super) fn next_try(first: Timestamp, retries: u32) -> Option<Timestamp> {
    let hours = match retries {
        0 => 0,
        1 => 6,
        2 => 12,
        more => i64::from(more - 2) * 24,
    };
    let due = first.saturating_add(SignedDuration::from_hours(hours)).ok()?;
    (hours <= LAST_HOUR).then_some(due)
}

impl Job {
    /// Remembers a failure. Returns whether it was given up, which ends the job.
    pub(super) fn hold_back(&mut self, escrow: Escrow, now: Timestamp) -> bool {
        let key = (escrow.object.clone(), escrow.part);
        let Some(held) = self.escrows.get_mut(&key) else {
            self.escrows.insert(key, escrow);
            return false;
        };
        held.fault = escrow.fault;
        held.name = escrow.name;
        // A try before it was due, since the object changed, is no step of the ladder.
        if now < held.due {
            return false;
        }
        held.retries = held.retries.saturating_add(1);
        // Steps that passed while no cycle ran are not made up for.
        while let Some(due) = next_try(held.first_failed, held.retries) {
            if due > now {
                held.due = due;
                return false;
            }
            held.retries = held.retries.saturating_add(1);
        }
        self.escrows.remove(&key);
        self.escrows_pruned = self.escrows_pruned.saturating_add(1);
        true
    }

    /// Forgets the failure of a part that succeeded.
    pub(super) fn release(&mut self, id: &ObjectId, part: Part) {
        self.escrows.remove(&(id.clone(), part));
    }

    /// What is to be tried again now.
    pub(super) fn due(&self, now: Timestamp, part: Part) -> impl Iterator<Item = &Escrow> {
        self.escrows
            .values()
            .filter(move |escrow| escrow.part == part && escrow.due <= now)
    }
}

/// Escrows in a file: a list, since JSON's names are texts.
pub(super) mod list {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serializer};

    use super::{Escrow, ObjectId, Part};

    pub(crate) fn serialize<S: Serializer>(
        escrows: &BTreeMap<(ObjectId, Part), Escrow>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        to.collect_seq(escrows.values())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<BTreeMap<(ObjectId, Part), Escrow>, D::Error> {
        let list = Vec::<Escrow>::deserialize(from)?;
        let keyed = |escrow: Escrow| ((escrow.object.clone(), escrow.part), escrow);
        Ok(list.into_iter().map(keyed).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(first: Timestamp, due: Option<Timestamp>) -> Option<i64> {
        due.map(|due| due.duration_since(first).as_hours())
    }

    #[test]
    fn the_ladder_is_the_next_cycle_then_6_12_24_hours_and_every_day_for_28_days() {
        let first = Timestamp::from_second(1_767_600_000).unwrap();
        let steps: Vec<Option<i64>> = (0..6)
            .map(|retries| hours(first, next_try(first, retries)))
            .collect();
        assert_eq!(steps, [Some(0), Some(6), Some(12), Some(24), Some(48), Some(72)]);
        assert_eq!(hours(first, next_try(first, 30)), Some(672));
        assert_eq!(next_try(first, 31), None);
    }

    fn failed(at: Timestamp) -> Escrow {
        Escrow {
            object: ObjectId("a".to_owned()),
            kind: Kind::User,
            part: Part::Object,
            name: "A".to_owned(),
            first_failed: at,
            retries: 0,
            due: at,
            fault: Fault::new("Timeout", "x", "y"),
        }
    }

    #[test]
    fn what_fails_for_28_days_is_given_up() {
        let mut job = Job::new("scim.1.2".to_owned());
        let first = Timestamp::from_second(1_767_600_000).unwrap();
        let (mut now, mut tries) = (first, 0);
        while !job.hold_back(failed(now), now) {
            tries += 1;
            let due = job.escrow(&ObjectId("a".to_owned()), Part::Object).unwrap().due;
            now = due.max(now + SignedDuration::from_mins(40));
        }
        assert_eq!(
            tries, 31,
            "the first failure, the next cycle, 6 h, 12 h and 27 days"
        );
        assert_eq!(now.duration_since(first).as_hours(), 672);
        assert_eq!((job.escrows.len(), job.escrows_pruned), (0, 1));
    }

    #[test]
    fn a_try_before_it_was_due_is_no_step() {
        let mut job = Job::new("scim.1.2".to_owned());
        let first = Timestamp::from_second(1_767_600_000).unwrap();
        job.hold_back(failed(first), first);
        let soon = first + SignedDuration::from_mins(40);
        job.hold_back(failed(soon), soon);
        let key = (ObjectId("a".to_owned()), Part::Object);
        let before = job.escrows[&key].clone();
        assert_eq!(before.retries, 1);
        let early = soon + SignedDuration::from_mins(40);
        job.hold_back(failed(early), early);
        assert_eq!(job.escrows[&key], before);
    }
}
