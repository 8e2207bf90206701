//! Lists: by an index where the filter allows it, by looking at everything where not.

use scim::filter::{Filter, Nothing};
use scim::list::{Page, Projection};
use scim::path::AttrPath;
use scim::resource::Object;

use super::outside::{MembersOutside, asks_one_membership};
use super::representation::GroupNames;
use super::{Directory, Kind, Resource};
use crate::accounts::{fold, words};
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
    /// The page.
    pub page: Page,
    /// The attributes wanted.
    pub projection: Projection,
}

/// A page of resources, ready to be answered.
#[derive(Debug, Clone)]
pub struct Listed {
    /// All that match, on whatever page.
    pub total: usize,
    /// This page.
    pub resources: Vec<Object>,
}

impl Directory<'_> {
    /// Answers a list request.
    pub fn list(&self, kind: Kind, query: &Query, base: &str) -> Result<Listed> {
        let skip = query.page.start_index.saturating_sub(1);
        let (total, page) = match (&query.filter, &query.sort) {
            (None, None) => self.plain_page(kind, skip, query.page.count)?,
            (Some(filter), None) => {
                let (mut total, mut page) = (0, Vec::new());
                self.each_matching(kind, filter, |resource| {
                    if total >= skip && page.len() < query.page.count {
                        page.push(resource);
                    }
                    total += 1;
                })?;
                (total, page)
            }
            (filter, Some(sort)) => {
                let found = sorted(kind, self.matching(kind, filter.as_ref())?, sort);
                let total = found.len();
                (
                    total,
                    found.into_iter().skip(skip).take(query.page.count).collect(),
                )
            }
        };
        let mut names = GroupNames::default();
        let resources = page
            .iter()
            .map(|resource| {
                self.represent_among(kind, resource, &query.projection, base, &mut names)
                    .map(|(object, _)| object)
            })
            .collect::<Result<_>>()?;
        Ok(Listed { total, resources })
    }

    /// A page of users or groups whose names, or externalId, hold all words of `search`; by
    /// name. For the window; returns how many match in all, too.
    pub fn browse(
        &self,
        kind: Kind,
        search: &str,
        keep: impl Fn(&Resource) -> bool,
        skip: usize,
        take: usize,
    ) -> Result<(u64, Vec<Resource>)> {
        let words = words(search);
        let (mut total, mut page) = (0_u64, Vec::new());
        for entry in self.store.scan::<String>(&Key::all(kind.names())) {
            let Some(resource) = self.find(kind, &entry?.1)? else {
                continue;
            };
            let text = fold(&format!(
                "{} {} {}",
                resource.name(kind),
                resource.display_name(),
                resource.text("externalId")
            ));
            if keep(&resource) && words.iter().all(|word| text.contains(word.as_str())) {
                if total >= skip as u64 && page.len() < take {
                    page.push(resource);
                }
                total += 1;
            }
        }
        Ok((total, page))
    }

    /// Without a filter only the page is read, and the rest counted.
    fn plain_page(&self, kind: Kind, skip: usize, take: usize) -> Result<(usize, Vec<Resource>)> {
        let mut page = Vec::new();
        let mut total = 0;
        for id in self.store.keys(&Key::all(kind.records())) {
            let id = id?;
            if total >= skip && page.len() < take {
                page.extend(self.find(kind, &id)?);
            }
            total += 1;
        }
        Ok((total, page))
    }

    fn matching(&self, kind: Kind, filter: Option<&Filter>) -> Result<Vec<Resource>> {
        let Some(filter) = filter else {
            return self.all(kind).collect();
        };
        let mut found = Vec::new();
        self.each_matching(kind, filter, |resource| found.push(resource))?;
        Ok(found)
    }

    /// Shows `take` every resource that matches, by age; none is kept here.
    fn each_matching(&self, kind: Kind, filter: &Filter, mut take: impl FnMut(Resource)) -> Result<()> {
        let as_a_whole = asks_one_membership(kind, filter);
        let mut look = |resource: Resource| -> Result<()> {
            if as_a_whole {
                let whole = self.whole(kind, &resource)?;
                if filter.matches(&whole, kind.resource_type(), &Nothing) {
                    take(resource);
                }
                return Ok(());
            }
            let outside = MembersOutside {
                directory: *self,
                kind,
                resource: &resource,
            };
            let object = resource.to_object(kind, "", &resource.record_tag());
            if filter.matches(&object, kind.resource_type(), &outside) {
                take(resource);
            }
            Ok(())
        };
        match self.candidates(kind, filter)? {
            Some(ids) => {
                for id in ids {
                    self.find(kind, &id)?.map_or(Ok(()), &mut look)?;
                }
            }
            None => {
                for resource in self.all(kind) {
                    look(resource?)?;
                }
            }
        }
        Ok(())
    }
}

fn sorted(kind: Kind, found: Vec<Resource>, sort: &SortBy) -> Vec<Resource> {
    let mut objects: Vec<Object> = found
        .iter()
        .map(|resource| resource.to_object(kind, "", &resource.record_tag()))
        .collect();
    scim::list::sort(&mut objects, kind.resource_type(), &sort.by, sort.descending);
    let mut by_id: std::collections::HashMap<_, _> = found
        .into_iter()
        .map(|resource| (resource.id.clone(), resource))
        .collect();
    objects
        .iter()
        .filter_map(|object| {
            object
                .get("id")
                .and_then(serde_json::Value::as_str)
                .and_then(|id| by_id.remove(id))
        })
        .collect()
}
