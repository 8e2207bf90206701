//! One turn of an object or a reference, with its row of the log.

use super::Surroundings;
use super::job::{Job, Link};
use super::objects::{Linking, Turn};
use super::plan::{Task, What};
use super::record::{Ending, Trail, entry};
use super::references::{Reference, Written};
use crate::log::{Action, Entry, Status};
use crate::organisation::ObjectId;

/// One object's turn.
pub(super) fn turn(around: &Surroundings<'_>, cycle_id: &str, task: &Task) -> (Turn, Entry) {
    let (began, mut trail) = (around.began(), Trail::default());
    let (subject, link) = (&task.subject, task.link.as_ref());
    let mut turn = match &task.what {
        What::Provision(standing) => {
            around.introduce(subject, standing, link.is_some(), &mut trail);
            match around.object(&subject.id) {
                Some(object) => around.provision(object, subject, link, &mut trail),
                None => Surroundings::skip(standing, link, &mut trail),
            }
        }
        What::Leave(standing) => {
            around.introduce(subject, standing, true, &mut trail);
            match link {
                Some(link) => around.leave(subject, standing, link, &mut trail),
                None => Surroundings::skip(standing, None, &mut trail),
            }
        }
        What::Skip(standing) => {
            around.introduce(subject, standing, link.is_some(), &mut trail);
            Surroundings::skip(standing, link, &mut trail)
        }
        What::Purge => around.purge(subject, link, &mut trail),
    };
    let ending = std::mem::replace(
        &mut turn.ending,
        Ending::new(Action::Other, Status::Success, None),
    );
    let row = entry(around, cycle_id, began, subject, trail, ending);
    (turn, row)
}

/// What became of a reference. Where there is nothing to say the row is the number of requests.
pub(super) struct Referred {
    pub(super) row: Result<Entry, u64>,
    pub(super) written: Option<Written>,
}

/// One reference's turn.
pub(super) fn refer(around: &Surroundings<'_>, cycle_id: &str, reference: &Reference) -> Referred {
    let (began, mut trail) = (around.began(), Trail::default());
    let (ending, written) = around.refer(reference, &mut trail);
    let row = match ending {
        Some(ending) => Ok(entry(around, cycle_id, began, &reference.subject, trail, ending)),
        None => Err(trail.exchanges.len() as u64),
    };
    Referred { row, written }
}

/// A link that is taken over from a turn outside a cycle.
pub(super) fn take_over(job: &mut Job, id: &ObjectId, linking: Linking) -> Option<Link> {
    match linking {
        Linking::Same => {}
        Linking::Linked(link) => {
            job.links.insert(id.clone(), link);
        }
        Linking::Unlinked => {
            job.links.remove(id);
        }
    }
    job.links.get(id).cloned()
}
