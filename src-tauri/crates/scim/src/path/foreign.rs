//! Paths into extensions that nobody declares: RFC 7644 §3.10.
//!
//! Such a path does not say where the URN ends and the attribute begins. What it is read in does,
//! if it has the extension: a resource, or what a body says about its schemas. Until that is known,
//! the shape of the URN decides.

use std::borrow::Cow;

use super::{AttrPath, is_name, is_urn};
use crate::resource::Object;
use crate::schema::ResourceType;

impl AttrPath {
    /// The same path, split after the longest URN of an extension in `resource` that it begins
    /// with. A path that the tables know, or that begins with none of them, stays as it is.
    pub(crate) fn placed(&self, resource: &Object, kind: &ResourceType) -> Cow<'_, Self> {
        if !self.is_foreign(kind) {
            return Cow::Borrowed(self);
        }
        self.within(resource).map_or(Cow::Borrowed(self), Cow::Owned)
    }

    /// The path split after the longest URN in `resource` that it begins with. Only an object has
    /// attributes; what else is under a URN is that URN's alone.
    pub(crate) fn within(&self, resource: &Object) -> Option<Self> {
        let length = self.to_string().len();
        let urns = resource
            .iter()
            .filter(|(urn, value)| value.is_object() || urn.len() == length);
        self.among(urns.map(|(urn, _)| urn.as_str()))
    }

    /// True if it is in no schema that `kind` knows.
    pub(crate) fn is_foreign(&self, kind: &ResourceType) -> bool {
        let urn = self.schema.as_deref();
        urn.is_some_and(|urn| kind.extension(urn).is_none())
    }

    /// The path split after the longest of these URNs that it begins with.
    pub(crate) fn among<'u>(&self, urns: impl Iterator<Item = &'u str>) -> Option<Self> {
        let text = self.to_string();
        let found = urns
            .filter(|urn| is_urn(urn))
            .filter_map(|urn| inside(&text, urn));
        found.max_by_key(|path| path.schema.as_ref().map(String::len))
    }

    /// What the path means where only an attribute can be meant: of a URN alone, the last part is one.
    pub(crate) fn into_attribute(self, kind: &ResourceType) -> Self {
        if !self.is_schema() || !self.is_foreign(kind) {
            return self;
        }
        let text = self.to_string();
        let split = text.rsplit_once(':').filter(|(urn, _)| is_urn(urn));
        split.and_then(|(urn, _)| inside(&text, urn)).unwrap_or(self)
    }
}

/// `text` as an attribute of the extension `urn`, or as that extension; `None` if it is neither.
fn inside(text: &str, urn: &str) -> Option<AttrPath> {
    let (start, rest) = text.split_at_checked(urn.len())?;
    if !is_same(start, urn) {
        return None;
    }
    let (attribute, sub) = match rest.strip_prefix([':', '.']) {
        None if rest.is_empty() => ("", None),
        None => return None,
        Some(names) => match names.split_once('.') {
            Some((attribute, sub)) => (attribute, Some(sub)),
            None => (names, None),
        },
    };
    let is_path = rest.is_empty() || (is_name(attribute) && sub.is_none_or(is_name));
    is_path.then(|| AttrPath {
        schema: Some(urn.to_owned()),
        attribute: attribute.to_owned(),
        sub: sub.map(str::to_owned),
    })
}

/// The same URN in any letter case. A dot in its last part may have been taken for the end of it.
fn is_same(left: &str, right: &str) -> bool {
    let folded = |byte: u8| match byte {
        b'.' => b':',
        byte => byte.to_ascii_lowercase(),
    };
    left.bytes().map(folded).eq(right.bytes().map(folded))
}

/// Where the URN ends: the place of the colon or dot behind it, `None` if all of it is the URN.
///
/// URNs of schemas end in the name of a resource type behind a version, `2.0:User`: what follows
/// that is an attribute, in whatever letter case. Without that, an attribute is told from the name
/// of a resource type by its first letter, which is small.
pub(super) fn end_of_urn(text: &str) -> Option<usize> {
    let last = text
        .rfind(':')
        .filter(|colon| text.get(..*colon).is_some_and(is_urn))?;
    let (before, name) = text.split_at_checked(last)?;
    let name = name.strip_prefix(':')?;
    let mut segments = before.rsplit(':');
    let follows_version = segments.next().is_some_and(is_version);
    let is_behind_a_name = segments.any(is_version);
    if is_behind_a_name || !name.starts_with(|c: char| c.is_ascii_uppercase()) {
        return Some(last);
    }
    // Entra once wrote a dot for the colon behind `2.0:User`.
    let dot = name.find('.').filter(|_| follows_version)?;
    Some(last + 1 + dot)
}

fn is_version(segment: &str) -> bool {
    segment.starts_with(|c: char| c.is_ascii_digit())
        && segment.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}
