//! One page of what was found: which of it, in which order, and how to go on.

use std::ops::Range;

use scim::resource::Object;
use serde_json::Value;
use uuid::Uuid;

use super::cursor::{CURSOR_SECONDS, Place};
use super::written::Record;
use super::{Directory, Kind, Resource, SortBy};
use crate::error::Result;

/// Where a page begins.
#[derive(Debug)]
pub(super) enum Start {
    /// After so many.
    Skip(usize),
    /// After the resource at which another page ended, or would have been.
    After(Place),
}

/// A page, and how much there is besides it.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// All there are, on whatever page.
    pub(super) total: usize,
    /// Those on this page.
    pub(super) found: Vec<(Kind, Record)>,
    /// Where it ends, if others follow.
    pub(super) end: Option<Place>,
}

/// Takes what is found in the order of types and age, and keeps no more than the page.
pub(super) struct Window<'a> {
    start: &'a Start,
    count: usize,
    page: Page,
    is_followed: bool,
}

impl<'a> Window<'a> {
    pub(super) fn new(start: &'a Start, count: usize) -> Self {
        Self {
            start,
            count,
            page: Page::default(),
            is_followed: false,
        }
    }

    /// Counts one more; whether it belongs on the page.
    pub(super) fn counts(&mut self, kind: Kind, id: &str) -> bool {
        let passed = match self.start {
            Start::Skip(skip) => self.page.total < *skip,
            Start::After(place) => (kind, id) <= (place.kind, place.id.as_str()),
        };
        self.page.total += 1;
        let fits = self.page.found.len() < self.count;
        self.is_followed |= !passed && !fits;
        !passed && fits
    }

    /// Counts all of `ids`, which are all there are of `kind`; which of them belong on the page.
    pub(super) fn part_of(&mut self, kind: Kind, ids: &[Uuid]) -> Range<usize> {
        let begin = match self.start {
            Start::Skip(skip) => skip.saturating_sub(self.page.total),
            Start::After(place) if kind < place.kind => ids.len(),
            Start::After(place) if kind > place.kind => 0,
            Start::After(place) => ids.partition_point(|id| is_not_after(id, &place.id)),
        };
        let begin = begin.min(ids.len());
        let room = self.count.saturating_sub(self.page.found.len());
        let end = begin.saturating_add(room).min(ids.len());
        self.page.total += ids.len();
        self.is_followed |= end < ids.len();
        begin..end
    }

    /// Puts one that belongs on the page there.
    pub(super) fn keep(&mut self, kind: Kind, record: Record) {
        self.page.found.push((kind, record));
    }

    pub(super) fn into_page(mut self) -> Page {
        let last = self.page.found.last().filter(|_| self.is_followed);
        self.page.end = last.map(|(kind, last)| Place::after(*kind, &last.id, None));
        self.page
    }
}

/// Whether an id comes before `other` or is it, as keys are compared.
fn is_not_after(id: &Uuid, other: &str) -> bool {
    let mut buffer = Uuid::encode_buffer();
    &*id.hyphenated().encode_lower(&mut buffer) <= other
}

/// The member under which [`sorted`] remembers where a part came from; no attribute is called so.
const NUMBER: &str = "#";

/// Orders what was found, which comes by type and age, and cuts the page out. What compares equal
/// stays in that order. `first` is the type whose schemas say how values compare.
/// RFC 7644 §3.4.2.3
pub(super) fn sorted(
    directory: Directory<'_>,
    first: Kind,
    found: Vec<(Kind, Resource)>,
    sort: &SortBy,
    start: &Start,
    count: usize,
) -> Result<Page> {
    let mut parts = Vec::with_capacity(found.len() + 1);
    for (kind, resource) in &found {
        parts.push(sorted_part(directory, *kind, resource, sort)?);
    }
    let total = found.len();
    let (order, begin) = match start {
        Start::Skip(skip) => (in_order(first, parts.clone(), sort), *skip),
        Start::After(place) => resume(first, &found, parts.clone(), sort, place)?,
    };
    let on_page = order.iter().skip(begin).take(count).copied();
    let last = on_page
        .clone()
        .last()
        .filter(|_| begin.saturating_add(count) < total);
    let end = last.and_then(|number| {
        let (kind, resource) = found.get(number)?;
        Some(Place::after(*kind, &resource.id, parts.get(number).cloned()))
    });
    let wanted: Vec<usize> = on_page.collect();
    let mut found: Vec<_> = found.into_iter().map(Some).collect();
    let found = wanted
        .into_iter()
        .filter_map(|number| found.get_mut(number)?.take())
        .map(|(kind, resource)| Ok((kind, Record::of(kind, resource)?)))
        .collect::<Result<_>>()?;
    Ok(Page { total, found, end })
}

/// Sorts the parts together with the place where the page before ended. It stands right behind
/// those that are not younger than its resource, so it is sorted right behind that resource, or to
/// where that would be. Returns the order of the others and how many of them are before it.
fn resume(
    first: Kind,
    found: &[(Kind, Resource)],
    mut parts: Vec<Object>,
    sort: &SortBy,
    place: &Place,
) -> Result<(Vec<usize>, usize)> {
    let passed = found
        .partition_point(|(kind, resource)| (*kind, resource.id.as_str()) <= (place.kind, place.id.as_str()));
    let Some(by) = &place.by else {
        // Its value was too long for the cursor; only the resource itself tells where it is.
        let number = passed.checked_sub(1).filter(|number| {
            found
                .get(*number)
                .is_some_and(|(_, resource)| resource.id == place.id)
        });
        let order = in_order(first, parts, sort);
        let at = order.iter().position(|each| Some(*each) == number);
        let at = at.ok_or_else(|| scim::error::ScimError::expired_cursor(CURSOR_SECONDS))?;
        return Ok((order, at + 1));
    };
    parts.insert(passed, by.clone());
    let mut order = in_order(first, parts, sort);
    let at = order
        .iter()
        .position(|number| *number == passed)
        .unwrap_or_default();
    order.remove(at);
    for number in &mut order {
        *number -= usize::from(*number > passed);
    }
    Ok((order, at))
}

/// The numbers of the parts, as they are sorted.
fn in_order(first: Kind, mut parts: Vec<Object>, sort: &SortBy) -> Vec<usize> {
    for (number, part) in parts.iter_mut().enumerate() {
        part.insert(NUMBER.to_owned(), number.into());
    }
    scim::list::sort(&mut parts, first.resource_type(), &sort.by, sort.descending);
    let number = |part: &Object| usize::try_from(part.get(NUMBER)?.as_u64()?).ok();
    parts.iter().filter_map(number).collect()
}

/// As much of a resource as its place in the order depends on.
fn sorted_part(directory: Directory<'_>, kind: Kind, resource: &Resource, sort: &SortBy) -> Result<Object> {
    let is = |name: &str| sort.by.schema.is_none() && sort.by.attribute.eq_ignore_ascii_case(name);
    let mut part = Object::new();
    if is("id") || is("meta") {
        // The ETag costs a look at the groups of a user, and hardly anybody sorts by it.
        let version = sort
            .by
            .sub
            .as_deref()
            .is_some_and(|sub| sub.eq_ignore_ascii_case("version"));
        let tag = if version {
            directory.etag(kind, resource)?
        } else {
            resource.record_tag()
        };
        let object = resource.to_object(kind, "", &tag);
        let own = ["id", "meta"].into_iter().filter(|name| is(name));
        part.extend(own.filter_map(|name| Some((name.to_owned(), object.get(name)?.clone()))));
        return Ok(part);
    }
    let find = |object: &Object, name: &str| -> Option<(String, Value)> {
        let found = object.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(key, value)| (key.clone(), value.clone()))
    };
    match &sort.by.schema {
        None => part.extend(find(&resource.attributes, &sort.by.attribute)),
        Some(urn) => {
            let extension = find(&resource.attributes, urn);
            if let Some((urn, Value::Object(extension))) = extension {
                let inner: Object = find(&extension, &sort.by.attribute).into_iter().collect();
                part.insert(urn, Value::Object(inner));
            }
        }
    }
    Ok(part)
}
