//! Lists: by an index where the filter allows it, by looking at everything where not.

use scim::filter::{Filter, Nothing};
use scim::list::{Paging, Projection};
use scim::path::AttrPath;

use super::cursor::{Place, scope_of};
use super::looked::Wanted;
use super::outside::{MembersOutside, asks_one_membership};
use super::pages::{Page, Start, Window, sorted};
use super::representation::GroupNames;
use super::scan::Found;
use super::written::Record;
use super::{Directory, Kind, Resource};
use crate::error::Result;
use crate::store::Key;

/// How to order a list.
#[derive(Debug, Clone)]
pub struct SortBy {
    /// The attribute.
    pub by: AttrPath,
    /// The largest first.
    pub descending: bool,
}

/// A list request (RFC 7644 §3.4.2).
#[derive(Debug, Clone)]
pub struct Query {
    /// Only what matches.
    pub filter: Option<Filter>,
    /// The order; by age when absent, which never changes between pages.
    pub sort: Option<SortBy>,
    /// The page, by index or by cursor.
    pub paging: Paging,
    /// The attributes wanted.
    pub projection: Projection,
}

/// A page of resources, ready to be answered.
#[derive(Debug, Clone, Default)]
pub struct Listed {
    /// All that match, on whatever page.
    pub total: usize,
    /// This page, each as JSON text.
    pub resources: Vec<String>,
    /// The cursor of the next page, if a cursor was asked for and there is one (RFC 9865).
    pub next_cursor: Option<String>,
    /// The cursor of the page before. RFC 9865 leaves it to the server; none is offered.
    pub previous_cursor: Option<String>,
}

impl Directory<'_> {
    /// Answers a list request (RFC 7644 §3.4.2, RFC 9865). Fails with a SCIM 400 if its cursor
    /// is mangled, another query's, or expired.
    ///
    /// `totalResults` counts all that match, so without an index every record is looked at, also
    /// after the page is full; with one only its candidates are, and for `id`, `userName` and a
    /// group's `displayName` that is one at most. Without a filter only the page is read.
    pub fn list(&self, kind: Kind, query: &Query, base: &str) -> Result<Listed> {
        self.list_over(&[(kind, query)], base)
    }

    /// Answers a list request over both types (RFC 7644 §3.4.2.1): users first, then groups, or
    /// in the order that `users` asks for; the page is that of `users`, too.
    pub fn list_all(&self, users: &Query, groups: &Query, base: &str) -> Result<Listed> {
        self.list_over(&[(Kind::User, users), (Kind::Group, groups)], base)
    }

    fn list_over(&self, asked: &[(Kind, &Query)], base: &str) -> Result<Listed> {
        let Some((first, leading)) = asked.first() else {
            return Ok(Listed::default());
        };
        let paging = &leading.paging;
        let now = self.clock.now();
        let start = match paging {
            Paging::Cursor {
                cursor: Some(text), ..
            } => Start::After(Place::read(text, &scope_of(asked), now)?),
            Paging::Cursor { cursor: None, .. } => Start::Skip(0),
            Paging::Index(page) => Start::Skip(page.skip()),
        };
        let count = paging.count();
        let page = match &leading.sort {
            None => self.page_by_age(asked, base, &start, count)?,
            Some(sort) => {
                let mut found = Vec::new();
                for (kind, query) in asked {
                    let matching = self.matching(*kind, query.filter.as_ref(), base)?;
                    found.extend(matching.into_iter().map(|resource| (*kind, resource)));
                }
                sorted(*self, *first, found, sort, &start, count)?
            }
        };
        let wants_cursor = matches!(paging, Paging::Cursor { .. });
        let end = page.end.filter(|_| wants_cursor);
        Ok(Listed {
            total: page.total,
            resources: self.answered(asked, &page.found, base)?,
            next_cursor: end.and_then(|end| end.write(scope_of(asked), now)),
            previous_cursor: None,
        })
    }

    /// Each resource as its query wants it shown.
    fn answered(
        &self,
        asked: &[(Kind, &Query)],
        found: &[(Kind, Record)],
        base: &str,
    ) -> Result<Vec<String>> {
        let mut names = GroupNames::default();
        let mut answered = Vec::with_capacity(found.len());
        for (kind, record) in found {
            let query = asked.iter().find(|(asked, _)| asked == kind);
            if let Some((_, query)) = query {
                answered.push(self.write_out(*kind, record, &query.projection, base, &mut names)?);
            }
        }
        Ok(answered)
    }

    /// Without a filter only the page is read, and the rest counted.
    fn page_by_age(&self, asked: &[(Kind, &Query)], base: &str, start: &Start, count: usize) -> Result<Page> {
        let mut window = Window::new(start, count);
        for (kind, query) in asked {
            match &query.filter {
                None => self.each_on_page(*kind, &mut window)?,
                Some(filter) => self.each_matching(*kind, filter, base, |found| {
                    if window.counts(*kind, found.id())
                        && let Some(record) = found.record()?
                    {
                        window.keep(*kind, record);
                    }
                    Ok(())
                })?,
            }
        }
        Ok(window.into_page())
    }

    /// Those on the page, found by their places among the ids.
    fn each_on_page(&self, kind: Kind, window: &mut Window<'_>) -> Result<()> {
        if let Some(ids) = self.store.ids(kind.records())? {
            for id in ids.get(window.part_of(kind, &ids)).unwrap_or_default() {
                if let Some(record) = self.record(kind, &id.to_string())? {
                    window.keep(kind, record);
                }
            }
            return Ok(());
        }
        for id in self.store.keys(&Key::all(kind.records())) {
            let id = id?;
            if window.counts(kind, &id)
                && let Some(record) = self.record(kind, &id)?
            {
                window.keep(kind, record);
            }
        }
        Ok(())
    }

    fn matching(&self, kind: Kind, filter: Option<&Filter>, base: &str) -> Result<Vec<Resource>> {
        let Some(filter) = filter else {
            return self.all(kind).collect();
        };
        let mut found = Vec::new();
        self.each_matching(kind, filter, base, |one| {
            found.extend(one.whole()?);
            Ok(())
        })?;
        Ok(found)
    }

    /// Shows `take` every resource that matches, by age; none is kept here.
    fn each_matching(
        &self,
        kind: Kind,
        filter: &Filter,
        base: &str,
        mut take: impl FnMut(Found<'_>) -> Result<()>,
    ) -> Result<()> {
        if let Some(ids) = self.candidates(kind, filter)? {
            let wanted = Wanted::by(filter).filter(|_| !asks_one_membership(kind, filter));
            for id in ids {
                match &wanted {
                    Some(wanted) => {
                        if let Some(record) = self.bytes(kind, &id)?
                            && let Some(id) = self.seen(kind, record.as_ref(), filter, wanted, base)?
                        {
                            let record = record.as_ref();
                            take(Found::Seen { kind, id, record })?;
                        }
                    }
                    None => {
                        if let Some(resource) = self.find(kind, &id)?
                            && self.is_match(kind, filter, base, &resource)?
                        {
                            take(Found::Whole(kind, resource))?;
                        }
                    }
                }
            }
            return Ok(());
        }
        if !asks_one_membership(kind, filter)
            && let Some(seen) = self.each_seen(kind, filter, base, &mut take)
        {
            return seen;
        }
        for resource in self.all(kind) {
            let resource = resource?;
            if self.is_match(kind, filter, base, &resource)? {
                take(Found::Whole(kind, resource))?;
            }
        }
        Ok(())
    }

    /// Whether a resource, read whole, matches.
    pub(super) fn is_match(
        &self,
        kind: Kind,
        filter: &Filter,
        base: &str,
        resource: &Resource,
    ) -> Result<bool> {
        if asks_one_membership(kind, filter) {
            let whole = self.whole(kind, resource, base)?;
            return Ok(filter.matches(&whole, kind.resource_type(), &Nothing));
        }
        let outside = MembersOutside {
            directory: *self,
            kind,
            id: &resource.id,
            resource: Some(resource),
            base,
        };
        let object = match Wanted::by(filter) {
            Some(wanted) => wanted.of(resource),
            None => resource.to_object(kind, base, &resource.record_tag()),
        };
        Ok(filter.matches(&object, kind.resource_type(), &outside))
    }
}
