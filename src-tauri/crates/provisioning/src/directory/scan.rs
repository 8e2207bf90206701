//! Looking at every record, when no index knows: as little of each as the filter needs.
//!
//! Three steps, each for the few that the one before has left. The bytes of a record are asked
//! whether they hold the texts that the filter compares with at all ([`Need`]); of a record that
//! does, only the attributes that the filter names are read ([`Looked`]); and only what is then
//! on the page is read whole.
//!
//! The first step may let through what does not match, and never the other way round: it is
//! asked only about texts that stand in a record as they stand in the filter, letter case aside.

use std::panic::resume_unwind;

use memchr::memmem::Finder;
use scim::filter::{Filter, Literal, Op};
use scim::path::AttrPath;
use scim::schema::Kind as ValueKind;
use serde::de::DeserializeSeed;

use super::looked::{Look, Looked, Wanted};
use super::outside::MembersOutside;
use super::written::Record;
use super::{Directory, Kind, Resource};
use crate::error::{Error, Result};
use crate::store::{Key, decode};

/// What the bytes of a record have to hold so that a filter can match it.
pub(super) enum Need {
    /// Nothing is known: the record has to be read.
    Unknown,
    /// A text in ASCII, small letters.
    Text(Box<Finder<'static>>),
    All(Vec<Need>),
    Any(Vec<Need>),
}

impl Need {
    /// What `filter` needs of a record of `kind`.
    pub(super) fn of(kind: Kind, filter: &Filter) -> Self {
        match filter {
            Filter::And(sides) => Self::All(sides.iter().map(|side| Self::of(kind, side)).collect()),
            Filter::Or(sides) => Self::Any(sides.iter().map(|side| Self::of(kind, side)).collect()),
            Filter::Not(_) | Filter::Present(_) => Self::Unknown,
            Filter::Compare { path, op, value } => Self::of_text(kind, path, *op, value),
            Filter::Within { path, filter, then } => {
                let then = then
                    .as_ref()
                    .map(|(sub, op, value)| Self::of_text(kind, &path.clone().with_sub(sub), *op, value));
                let inner = Self::of_element(kind, path, filter);
                Self::All(then.into_iter().chain([inner]).collect())
            }
        }
    }

    /// The same for a filter in the brackets of `list`.
    fn of_element(kind: Kind, list: &AttrPath, filter: &Filter) -> Self {
        let each = |sides: &[Filter]| {
            sides
                .iter()
                .map(|side| Self::of_element(kind, list, side))
                .collect()
        };
        match filter {
            Filter::And(sides) => Self::All(each(sides)),
            Filter::Or(sides) => Self::Any(each(sides)),
            Filter::Compare { path, op, value } => {
                Self::of_text(kind, &list.clone().with_sub(&path.attribute), *op, value)
            }
            Filter::Not(_) | Filter::Present(_) | Filter::Within { .. } => Self::Unknown,
        }
    }

    fn of_text(kind: Kind, path: &AttrPath, op: Op, value: &Literal) -> Self {
        let Literal::String(text) = value else {
            return Self::Unknown;
        };
        let compares_text = match op {
            Op::Co | Op::Sw | Op::Ew => true,
            Op::Eq => is_text(kind, path) && !reads_otherwise(text),
            _ => false,
        };
        // In JSON these bytes stand for themselves; letters beyond ASCII may fold to others.
        let stands_as_it_is = |byte: u8| (b' '..=b'~').contains(&byte) && byte != b'"' && byte != b'\\';
        let is_plain = !text.is_empty() && text.bytes().all(stands_as_it_is);
        if !compares_text || !is_plain || !is_stored(kind, path) {
            return Self::Unknown;
        }
        Self::Text(Box::new(
            Finder::new(text.to_ascii_lowercase().as_bytes()).into_owned(),
        ))
    }

    /// Whether the record can match. `folded` is room for a copy in small letters.
    pub(super) fn is_met_by(&self, record: &[u8], folded: &mut Vec<u8>) -> bool {
        if !self.says_anything() || !record.is_ascii() {
            return true;
        }
        folded.clear();
        folded.extend_from_slice(record);
        folded.make_ascii_lowercase();
        self.holds(folded)
    }

    fn says_anything(&self) -> bool {
        match self {
            Self::Unknown => false,
            Self::Text(_) => true,
            Self::All(needs) => needs.iter().any(Self::says_anything),
            Self::Any(needs) => needs.iter().all(Self::says_anything),
        }
    }

    fn holds(&self, folded: &[u8]) -> bool {
        match self {
            Self::Unknown => true,
            Self::Text(finder) => finder.find(folded).is_some(),
            Self::All(needs) => needs.iter().all(|need| need.holds(folded)),
            Self::Any(needs) => needs.iter().any(|need| need.holds(folded)),
        }
    }
}

/// Whether what the path leads to is in the record as it is answered, and not computed.
fn is_stored(kind: Kind, path: &AttrPath) -> bool {
    let is = |name: &str| path.attribute.eq_ignore_ascii_case(name);
    let is_reference = path.sub.as_deref().is_some_and(|sub| sub.starts_with('$'));
    let is_computed = is("meta") || is("schemas") || is("manager") || is(kind.memberships());
    !is_computed && !is_reference && !path.is_schema()
}

/// Whether the schema says that the value is text: of numbers and dates, other texts may be equal.
fn is_text(kind: Kind, path: &AttrPath) -> bool {
    let Some(declared) = kind.resource_type().find(path) else {
        return false;
    };
    let leaf = match path.sub.as_deref() {
        Some(sub) => declared.sub(sub),
        None if declared.is_complex() => declared.sub("value"),
        None => Some(declared),
    };
    leaf.is_some_and(|leaf| leaf.kind == ValueKind::String)
}

/// A number or a boolean may be written in more than one way.
fn reads_otherwise(text: &str) -> bool {
    let text = text.trim();
    text.parse::<f64>().is_ok()
        || ["true", "false", "1", "0", "yes", "no"]
            .iter()
            .any(|word| text.eq_ignore_ascii_case(word))
}

/// One that matches.
pub(super) enum Found<'a> {
    /// Read whole, because the filter asked about all of it.
    Whole(Kind, Resource),
    /// Read as far as the filter asked; these are its bytes.
    Seen {
        kind: Kind,
        id: String,
        record: &'a [u8],
    },
    /// Seen by another thread, which kept no more than this.
    Named {
        directory: Directory<'a>,
        kind: Kind,
        id: String,
    },
}

impl Found<'_> {
    pub(super) fn id(&self) -> &str {
        match self {
            Self::Whole(_, resource) => &resource.id,
            Self::Seen { id, .. } | Self::Named { id, .. } => id,
        }
    }

    /// Its record; `None` if it was removed meanwhile.
    pub(super) fn record(self) -> Result<Option<Record>> {
        match self {
            Self::Whole(kind, resource) => Record::of(kind, resource).map(Some),
            Self::Seen { id, record, .. } => Ok(Some(Record::new(id, record))),
            Self::Named { directory, kind, id } => directory.record(kind, &id),
        }
    }

    /// All of it; `None` if it was removed meanwhile.
    pub(super) fn whole(self) -> Result<Option<Resource>> {
        match self {
            Self::Whole(_, resource) => Ok(Some(resource)),
            Self::Seen { kind, record, .. } => decode(kind.records(), record).map(Some),
            Self::Named { directory, kind, id } => directory.find(kind, &id),
        }
    }
}

/// A question to all records.
struct Scan<'a> {
    directory: Directory<'a>,
    kind: Kind,
    filter: &'a Filter,
    base: &'a str,
    wanted: Wanted,
    need: Need,
    /// The record that the second half begins with.
    middle: Option<Key>,
}

impl Scan<'_> {
    /// Shows `take` those that match in the first or the second half.
    fn half(&self, second: bool, mut take: impl FnMut(String, &[u8]) -> Result<()>) -> Result<()> {
        let mut folded = Vec::new();
        let kind = self.kind;
        let look = |record: &[u8]| {
            if !self.need.is_met_by(record, &mut folded) {
                return Ok(());
            }
            let matching = self
                .directory
                .seen(kind, record, self.filter, &self.wanted, self.base)?;
            matching.map_or(Ok(()), |id| take(id, record))
        };
        let store = self.directory.store;
        store.each(kind.records(), self.middle.as_ref(), second, look)
    }
}

/// Records from which on two threads look at them.
const MANY: usize = 2_000;

impl Directory<'_> {
    /// The id in a record, if the filter, which asks for no more than is `wanted`, matches it.
    pub(super) fn seen(
        &self,
        kind: Kind,
        record: &[u8],
        filter: &Filter,
        wanted: &Wanted,
        base: &str,
    ) -> Result<Option<String>> {
        let Looked { id, object } = Look(wanted)
            .deserialize(&mut serde_json::Deserializer::from_slice(record))
            .map_err(|error| Error::damaged(kind.records().noun(), &error))?;
        let outside = MembersOutside {
            directory: *self,
            kind,
            id: &id,
            resource: None,
            base,
        };
        let matches = filter.matches(&object, kind.resource_type(), &outside);
        Ok(matches.then_some(id))
    }

    /// Shows `take` every resource that matches, by age, out of all there are; `None` if the filter
    /// asks for what is in no record, so that each has to be read whole. Of many, two threads look
    /// at one half each.
    pub(super) fn each_seen(
        &self,
        kind: Kind,
        filter: &Filter,
        base: &str,
        mut take: impl FnMut(Found<'_>) -> Result<()>,
    ) -> Option<Result<()>> {
        let wanted = Wanted::by(filter)?;
        let middle = self.store.ids(kind.records()).ok().flatten();
        let middle = middle.filter(|ids| ids.len() >= MANY);
        let middle = middle.and_then(|ids| ids.get(ids.len() / 2).map(ToString::to_string));
        let scan = Scan {
            directory: *self,
            kind,
            filter,
            base,
            wanted,
            need: Need::of(kind, filter),
            middle: middle.map(|id| Key::named(kind.records(), &id)),
        };
        let first = |id, record: &[u8]| take(Found::Seen { kind, id, record });
        if scan.middle.is_none() {
            return Some(scan.half(false, first));
        }
        let of_second = std::thread::scope(|scope| {
            let second = scope.spawn(|| {
                let mut ids = Vec::new();
                let kept = scan.half(true, |id, _| {
                    ids.push(id);
                    Ok(())
                });
                kept.map(|()| ids)
            });
            scan.half(false, first)?;
            second.join().unwrap_or_else(|panic| resume_unwind(panic))
        });
        let directory = *self;
        Some(of_second.and_then(|ids| {
            ids.into_iter()
                .try_for_each(|id| take(Found::Named { directory, kind, id }))
        }))
    }
}
