//! Which resources a filter could be about, as far as an index knows.

use std::collections::BTreeSet;

use scim::filter::{Filter, Literal, Op};
use scim::path::AttrPath;
use scim::schemas::ENTERPRISE_URN;

use super::indexes::{address_entry, ids_named, manager_entry};
use super::{Directory, Kind};
use crate::accounts::fold;
use crate::error::Result;
use crate::store::{Key, Space};

impl Directory<'_> {
    /// The ids, by age, of the only resources that a filter can match; `None` if no index knows.
    /// Whoever asks still has to ask the filter itself.
    ///
    /// Indexed is `eq` on `id`, the name, `externalId`, a user's `emails`, `groups` and `manager`,
    /// and a group's `members`: alone, in a value path, as a term that must hold, and in an `or`
    /// all of whose sides are indexed.
    pub(super) fn candidates(&self, kind: Kind, filter: &Filter) -> Result<Option<BTreeSet<String>>> {
        self.search_indexes(kind, filter, None)
    }

    /// `list` is the attribute in whose brackets the filter stands.
    fn search_indexes(
        &self,
        kind: Kind,
        filter: &Filter,
        list: Option<&AttrPath>,
    ) -> Result<Option<BTreeSet<String>>> {
        match filter {
            Filter::And(_) => self.fewest(kind, &filter.conjuncts(), list),
            Filter::Or(sides) => self.all_sides(kind, sides, list),
            Filter::Compare { path, op, value } => match list {
                None => self.indexed(kind, path, *op, value),
                Some(list) => self.indexed_element(kind, list, &path.attribute, *op, value),
            },
            Filter::Within { path, filter, then } => {
                let then = then.as_ref().map(|(sub, op, value)| {
                    let path = AttrPath::core(sub);
                    let value = value.clone();
                    Filter::Compare { path, op: *op, value }
                });
                let terms: Vec<_> = then.iter().chain([&**filter]).collect();
                self.fewest(kind, &terms, Some(path))
            }
            Filter::Not(_) | Filter::Present(_) => Ok(None),
        }
    }

    /// All terms must hold, so the one with the fewest candidates decides.
    fn fewest(
        &self,
        kind: Kind,
        terms: &[&Filter],
        list: Option<&AttrPath>,
    ) -> Result<Option<BTreeSet<String>>> {
        let mut fewest: Option<BTreeSet<String>> = None;
        for term in terms {
            let Some(found) = self.search_indexes(kind, term, list)? else {
                continue;
            };
            if fewest.as_ref().is_none_or(|fewest| found.len() < fewest.len()) {
                fewest = Some(found);
            }
            if fewest.as_ref().is_some_and(|fewest| fewest.len() <= 1) {
                break;
            }
        }
        Ok(fewest)
    }

    fn all_sides(
        &self,
        kind: Kind,
        sides: &[Filter],
        list: Option<&AttrPath>,
    ) -> Result<Option<BTreeSet<String>>> {
        let mut all = BTreeSet::new();
        for side in sides {
            match self.search_indexes(kind, side, list)? {
                Some(found) => all.extend(found),
                None => return Ok(None),
            }
        }
        Ok(Some(all))
    }

    /// `value eq "x"` in the brackets of `list` asks at least for what `list.value eq "x"` does.
    fn indexed_element(
        &self,
        kind: Kind,
        list: &AttrPath,
        sub: &str,
        op: Op,
        value: &Literal,
    ) -> Result<Option<BTreeSet<String>>> {
        if sub.eq_ignore_ascii_case("value") {
            self.indexed(kind, list, op, value)
        } else {
            Ok(None)
        }
    }

    fn indexed(
        &self,
        kind: Kind,
        path: &AttrPath,
        op: Op,
        value: &Literal,
    ) -> Result<Option<BTreeSet<String>>> {
        let text = match (op, value) {
            (Op::Eq, Literal::String(text)) => text.clone(),
            (Op::Eq, Literal::Number(number)) => number.to_string(),
            _ => return Ok(None),
        };
        let of_value = path
            .sub
            .as_deref()
            .is_none_or(|sub| sub.eq_ignore_ascii_case("value"));
        if !of_value {
            return Ok(None);
        }
        match path.schema.as_deref() {
            None => self.core(kind, path, &text),
            Some(urn) if urn.eq_ignore_ascii_case(kind.resource_type().schema.id) => {
                self.core(kind, path, &text)
            }
            Some(urn) if kind == Kind::User && urn.eq_ignore_ascii_case(ENTERPRISE_URN) => {
                match manager_entry(&text).filter(|_| path.attribute.eq_ignore_ascii_case("manager")) {
                    Some(manager) => self.under(Space::UserManager, manager),
                    None => Ok(None),
                }
            }
            Some(_) => Ok(None),
        }
    }

    /// An attribute of the core schema; `path` ends in it or in its `value`.
    fn core(&self, kind: Kind, path: &AttrPath, text: &str) -> Result<Option<BTreeSet<String>>> {
        let is = |name: &str| path.attribute.eq_ignore_ascii_case(name);
        if path.sub.is_none() {
            if is("id") {
                return Ok(Some(BTreeSet::from([text.to_owned()])));
            }
            if is("externalId") {
                return self.under(kind.externals(), text);
            }
            if is(kind.name_attribute()) {
                return ids_named(self.store, kind, &fold(text)).map(Some);
            }
        }
        match kind {
            Kind::User if is("emails") => match address_entry(text) {
                Some(address) => self.under(Space::UserEmail, &address),
                None => Ok(None),
            },
            Kind::User if is("groups") => self.under(Space::Member, text),
            Kind::Group if is("members") => self.under(Space::Membership, text),
            _ => Ok(None),
        }
    }

    fn under(&self, space: Space, first: &str) -> Result<Option<BTreeSet<String>>> {
        let ids = self.store.keys(&Key::under(space, first));
        ids.collect::<Result<_>>().map(Some)
    }
}
