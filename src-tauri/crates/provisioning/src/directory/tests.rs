//! What a provider may rely on, on a real store.

mod cursors;
mod etags;
mod indexes;
mod lists;
mod members;
mod members_model;
mod nested;
mod resources;
mod scans;
mod written;

use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use scim::dialect::Notes;
use scim::filter::Filter;
use scim::list::{Page, Paging, Projection};
use scim::patch::Patch;
use scim::resource::Object;
use serde_json::{Value, json};

use super::*;
use crate::clock::ManualClock;
use crate::error::Error;
use crate::store::Space;

/// A directory of its own, with a clock that stands still.
struct Bench {
    store: Store,
    clock: ManualClock,
    _dir: tempfile::TempDir,
}

impl Bench {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        Self {
            store: Store::open(Path::new(dir.path())).unwrap(),
            clock: ManualClock::new(Timestamp::from_second(1_790_000_000).unwrap()),
            _dir: dir,
        }
    }

    fn directory(&self) -> Directory<'_> {
        Directory::new(&self.store, &self.clock)
    }

    fn try_create(&self, kind: Kind, body: Value) -> Result<ResourceChange> {
        let mut notes = Notes::default();
        let object = scim::accept(kind.resource_type(), body, &mut notes).unwrap();
        self.directory().create(kind, object, &mut notes)
    }

    fn create(&self, kind: Kind, body: Value) -> String {
        self.try_create(kind, body).unwrap().resource.id
    }

    fn user(&self, name: &str) -> String {
        self.create(Kind::User, json!({ "userName": name }))
    }

    fn group(&self, name: &str, members: &[&String]) -> String {
        let members: Vec<_> = members.iter().map(|id| json!({ "value": id })).collect();
        self.create(Kind::Group, json!({ "displayName": name, "members": members }))
    }

    /// Patches at a later moment; also returns the notes.
    fn patch(&self, kind: Kind, id: &str, operations: Value) -> (ResourceChange, Notes) {
        let mut notes = Notes::default();
        let change = self.patch_noting(kind, id, operations, &mut notes).unwrap();
        (change, notes)
    }

    fn try_patch(&self, kind: Kind, id: &str, operations: Value) -> Result<ResourceChange> {
        self.patch_noting(kind, id, operations, &mut Notes::default())
    }

    #[expect(
        clippy::needless_pass_by_value,
        reason = "`json!(…)` stands in the call as it is"
    )]
    fn patch_noting(
        &self,
        kind: Kind,
        id: &str,
        operations: Value,
        notes: &mut Notes,
    ) -> Result<ResourceChange> {
        self.clock.advance(SignedDuration::from_secs(1));
        let body = json!({ "schemas": [scim::schemas::PATCH_OP], "Operations": operations });
        let patch = Patch::parse(kind.resource_type(), body, notes)?;
        self.directory().patch(kind, id, &patch, notes)
    }

    fn replace(&self, kind: Kind, id: &str, body: Value) -> Result<ResourceChange> {
        self.clock.advance(SignedDuration::from_secs(1));
        let mut notes = Notes::default();
        let object = scim::accept(kind.resource_type(), body, &mut notes).unwrap();
        self.directory().replace(kind, id, &object, &mut notes)
    }

    /// The ETag, which `meta.version` has to equal wherever it is shown.
    #[track_caller]
    fn etag(&self, kind: Kind, id: &str) -> String {
        let directory = self.directory();
        let resource = directory.get(kind, id).unwrap();
        let etag = directory.etag(kind, &resource).unwrap();
        let (whole, tag) = directory
            .represent(kind, &resource, &Projection::all(), "")
            .unwrap();
        let listed = self.list(kind, &format!("id eq \"{id}\""), ALL, None);
        let shown = directory.object(kind, &resource, "").unwrap();
        assert_eq!(tag, etag);
        for object in [&whole, &objects(&listed)[0], &shown] {
            assert_eq!(object["meta"]["version"], etag);
        }
        etag
    }

    fn list(&self, kind: Kind, filter: &str, page: impl Into<Paging>, sort: Option<SortBy>) -> Listed {
        self.list_or_fail(kind, filter, page, sort).unwrap()
    }

    fn try_list(&self, kind: Kind, filter: &str) -> Result<Listed> {
        self.list_or_fail(kind, filter, ALL, None)
    }

    fn list_or_fail(
        &self,
        kind: Kind,
        filter: &str,
        page: impl Into<Paging>,
        sort: Option<SortBy>,
    ) -> Result<Listed> {
        let filter = (!filter.is_empty())
            .then(|| Filter::parse(filter, kind.resource_type(), &mut Notes::default()).unwrap());
        let query = Query {
            filter,
            sort,
            paging: page.into(),
            projection: Projection::all(),
        };
        self.directory().list(kind, &query, "")
    }

    fn ids(&self, kind: Kind, filter: &str) -> Vec<String> {
        ids(&self.list(kind, filter, ALL, None))
    }
}

const ALL: Page = Page {
    start_index: 1,
    count: 1_000,
};

fn ids(listed: &Listed) -> Vec<String> {
    let id = |object: &Object| object["id"].as_str().unwrap().to_owned();
    objects(listed).iter().map(id).collect()
}

/// The page, read again.
fn objects(listed: &Listed) -> Vec<Object> {
    let read = |text: &String| serde_json::from_str(text).unwrap();
    listed.resources.iter().map(read).collect()
}

/// The status of a SCIM error.
#[track_caller]
fn status<T: std::fmt::Debug>(outcome: Result<T>) -> u16 {
    match outcome {
        Err(Error::Scim(error)) => error.status,
        other => panic!("{other:?}"),
    }
}
