//! A request as the handlers see it, and their answer as the client does.

mod request;
mod response;

pub(crate) use request::{BODY_LIMIT, Call, Part};
pub(crate) use response::{Answer, Dropped, refused};

use provisioning::Engine;
use provisioning::journal::Draft;
use scim::dialect::Notes;

use crate::faults::Faults;

/// What a request is answered from.
pub(crate) struct Source<'a> {
    pub(crate) engine: &'a Engine,
    /// The Tenant URL without its last `/`.
    pub(crate) base: &'a str,
    /// What goes wrong on purpose.
    pub(crate) faults: &'a Faults,
}

/// What is known about a request beside its answer: the log's share.
#[derive(Default)]
pub(crate) struct Story {
    pub(crate) notes: Notes,
    pub(crate) identity: String,
    pub(crate) target: String,
    /// The event as far as it is known before the answer; put with what is written.
    pub(crate) draft: Option<Draft>,
    pub(crate) steps: Vec<provisioning::journal::Step>,
    pub(crate) modified: Vec<provisioning::plan::FieldChange>,
    /// The directory is different now.
    pub(crate) wrote: bool,
    /// The value set was there already.
    pub(crate) unchanged: bool,
    /// What went wrong on purpose, as a sentence.
    pub(crate) injected: Option<String>,
}

impl Story {
    /// Nothing has happened yet; `strict` decides what can be forgiven.
    pub(crate) fn new(strict: bool, draft: Draft) -> Self {
        let notes = if strict { Notes::strict() } else { Notes::default() };
        Self {
            notes,
            draft: Some(draft),
            ..Self::default()
        }
    }
}
