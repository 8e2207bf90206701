//! Attribute notation (RFC 7644 §3.10) and PATCH paths (§3.5.2).
//!
//! ```
//! # use scim::{AttrPath, Path, USER_TYPE};
//! let path = Path::parse(r#"Emails[TYPE eq "work"].Value"#, &USER_TYPE)?;
//! assert_eq!(path.attr, AttrPath::core("emails").with_sub("value"));
//! assert_eq!(path.to_string(), r#"emails[type eq "work"].value"#);
//! # Ok::<(), scim::ScimError>(())
//! ```

mod foreign;

use std::fmt;

use crate::dialect::Notes;
use crate::error::ScimError;
use crate::filter::Filter;
use crate::filter::parse::Parser;
use crate::schema::{Attribute, ResourceType};
use crate::secret;

/// An attribute by name: `userName`, `name.givenName`, `urn:…:User:manager.value`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AttrPath {
    /// The extension's URN, spelled as in the tables; `None` for the core schema.
    pub schema: Option<String>,
    /// The attribute in its canonical spelling, or as it came if nobody declares it. Empty when
    /// the path names a schema as a whole.
    pub attribute: String,
    /// The sub-attribute.
    pub sub: Option<String>,
}

impl AttrPath {
    /// An attribute of the core schema.
    pub fn core(attribute: impl Into<String>) -> Self {
        Self {
            schema: None,
            attribute: attribute.into(),
            sub: None,
        }
    }

    /// An attribute of an extension.
    pub fn extension(urn: impl Into<String>, attribute: impl Into<String>) -> Self {
        Self {
            schema: Some(urn.into()),
            attribute: attribute.into(),
            sub: None,
        }
    }

    /// The same attribute, narrowed to a sub-attribute.
    #[must_use]
    pub fn with_sub(mut self, sub: impl Into<String>) -> Self {
        self.sub = Some(sub.into());
        self
    }

    /// Reads an attribute name in any letter case.
    ///
    /// Names nobody declares are read too, see [`AttrPath::known`]. A name without a URN that is
    /// not in the core schema is looked for in the extensions: `manager` means the Enterprise
    /// User's. Text that is not attribute notation at all is an `invalidPath` error.
    pub fn parse(text: &str, kind: &'static ResourceType) -> Result<Self, ScimError> {
        Self::read(text.trim(), kind).ok_or_else(|| {
            ScimError::invalid_path(text, "an attribute name such as name.givenName is expected")
        })
    }

    /// True if the schemas of `kind` declare this attribute, and its sub-attribute if it has one.
    pub fn known(&self, kind: &ResourceType) -> bool {
        self.leaf(kind).is_some()
    }

    /// The declaration of what the path ends in: the sub-attribute if there is one.
    pub fn leaf(&self, kind: &ResourceType) -> Option<&'static Attribute> {
        let attribute = kind.find(self)?;
        match &self.sub {
            None => Some(attribute),
            Some(sub) => attribute.sub(sub),
        }
    }

    /// True if the path names a schema as a whole rather than an attribute in it.
    pub fn is_schema(&self) -> bool {
        self.attribute.is_empty()
    }

    /// True for this core attribute, whatever the sub-attribute.
    pub(crate) fn is_core(&self, attribute: &str) -> bool {
        self.schema.is_none() && self.attribute == attribute
    }

    pub(crate) fn read(text: &str, kind: &'static ResourceType) -> Option<Self> {
        let (schema, names) = split_schema(text, kind);
        if names.is_empty() && schema != Schema::Unqualified {
            return Some(Self {
                schema: schema.into_urn(),
                attribute: String::new(),
                sub: None,
            });
        }
        let (attribute, sub) = match names.split_once('.') {
            Some((attribute, sub)) => (attribute, Some(sub)),
            None => (names, None),
        };
        (is_name(attribute) && sub.is_none_or(is_name)).then(|| Self::spell(schema, attribute, sub, kind))
    }

    fn spell(schema: Schema, attribute: &str, sub: Option<&str>, kind: &'static ResourceType) -> Self {
        let mut path = Self {
            schema: None,
            attribute: attribute.to_owned(),
            sub: None,
        };
        path.schema = match schema {
            Schema::Unqualified => home_of(attribute, kind).map(str::to_owned),
            qualified => qualified.into_urn(),
        };
        let declared = kind.find(&path);
        if let Some(declared) = declared {
            declared.name.clone_into(&mut path.attribute);
        }
        path.sub = sub.map(|sub| {
            declared
                .and_then(|declared| declared.sub(sub))
                .map_or(sub, |sub| sub.name)
                .to_owned()
        });
        path
    }
}

impl fmt::Display for AttrPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(urn) = &self.schema {
            f.write_str(urn)?;
        }
        if self.schema.is_some() && !self.is_schema() {
            f.write_str(":")?;
        }
        f.write_str(&self.attribute)?;
        match &self.sub {
            Some(sub) => write!(f, ".{sub}"),
            None => Ok(()),
        }
    }
}

/// The target of a PATCH operation: an attribute, perhaps only some of its values.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// The attribute. A sub-attribute after the filter is its `sub`.
    pub attr: AttrPath,
    /// Which values of a multi-valued attribute are meant; its names are sub-attributes.
    pub filter: Option<Filter>,
}

impl Path {
    /// Reads a PATCH path: `name.familyName`, `emails[type eq "work"].value`, or the URN of a
    /// schema for everything in it. Anything else is an `invalidPath` error.
    pub fn parse(text: &str, kind: &'static ResourceType) -> Result<Self, ScimError> {
        Self::read(text, kind, &mut Notes::default())
    }

    pub(crate) fn read(
        text: &str,
        kind: &'static ResourceType,
        notes: &mut Notes,
    ) -> Result<Self, ScimError> {
        let text = text.trim();
        if !text.contains('[') {
            return Ok(Self {
                attr: AttrPath::parse(text, kind)?,
                filter: None,
            });
        }
        let path = Parser::new(text, kind, notes)
            .path()
            .map_err(|fault| ScimError::invalid_path(text, &fault.why))?;
        match kind.find(&path.attr) {
            Some(attribute) if !attribute.multi_valued => Err(ScimError::invalid_path(
                text,
                "only a list can be filtered with brackets",
            )),
            _ => Ok(path),
        }
    }

    /// The path as notes and errors show it: without a password in its brackets.
    pub(crate) fn shown(&self) -> String {
        secret::path(&self.to_string()).into_owned()
    }

    /// The path of an attribute without a filter.
    pub(crate) fn to(attr: AttrPath) -> Self {
        Self { attr, filter: None }
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(filter) = &self.filter else {
            return self.attr.fmt(f);
        };
        let whole = AttrPath {
            sub: None,
            ..self.attr.clone()
        };
        write!(f, "{whole}[{filter}]")?;
        match &self.attr.sub {
            Some(sub) => write!(f, ".{sub}"),
            None => Ok(()),
        }
    }
}

/// The schema an attribute name starts with.
#[derive(PartialEq)]
enum Schema {
    Unqualified,
    Core,
    Extension(String),
}

impl Schema {
    fn into_urn(self) -> Option<String> {
        match self {
            Self::Extension(urn) => Some(urn),
            Self::Unqualified | Self::Core => None,
        }
    }
}

/// Splits off the URN. Declared URNs are compared in any letter case, and may be followed by a
/// dot instead of a colon, as Entra once sent them.
fn split_schema<'a>(text: &'a str, kind: &ResourceType) -> (Schema, &'a str) {
    if let Some(names) = after_urn(text, kind.schema.id) {
        return (Schema::Core, names);
    }
    for extension in kind.extensions {
        if let Some(names) = after_urn(text, extension.id) {
            return (Schema::Extension(extension.id.to_owned()), names);
        }
    }
    if is_urn(text) {
        split_foreign(text)
    } else {
        (Schema::Unqualified, text)
    }
}

fn after_urn<'a>(text: &'a str, urn: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(urn.len())?;
    if !start.eq_ignore_ascii_case(urn) {
        return None;
    }
    if rest.is_empty() {
        return Some(rest);
    }
    rest.strip_prefix([':', '.']).filter(|names| !names.is_empty())
}

/// A URN nobody declares, split as far as its shape says where it ends.
fn split_foreign(text: &str) -> (Schema, &str) {
    // Nothing behind the colon or dot: neither a schema nor an attribute, and no name.
    if text.ends_with([':', '.']) {
        return (Schema::Unqualified, text);
    }
    let split = foreign::end_of_urn(text).and_then(|end| Some((text.get(..end)?, text.get(end + 1..)?)));
    let (urn, names) = split.unwrap_or((text, ""));
    (Schema::Extension(urn.to_owned()), names)
}

/// True for text that is or begins with a URN that neither the schema nor an extension of `kind` is part of.
pub(crate) fn is_foreign(text: &str, kind: &ResourceType) -> bool {
    let mut declared = kind.extensions.iter().map(|extension| extension.id);
    is_urn(text)
        && after_urn(text, kind.schema.id).is_none()
        && !declared.any(|urn| after_urn(text, urn).is_some())
}

/// True for text that starts like a URN, in any letter case.
pub(crate) fn is_urn(text: &str) -> bool {
    text.get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("urn:"))
}

/// The one extension that declares an attribute the core schema does not.
fn home_of(attribute: &str, kind: &ResourceType) -> Option<&'static str> {
    if kind.attribute(attribute).is_some() {
        return None;
    }
    let mut homes = kind
        .extensions
        .iter()
        .filter(|schema| schema.attribute(attribute).is_some());
    match (homes.next(), homes.next()) {
        (Some(home), None) => Some(home.id),
        _ => None,
    }
}

/// ATTRNAME of RFC 7643 §2.1, and `$ref`.
fn is_name(text: &str) -> bool {
    let text = text.strip_prefix('$').unwrap_or(text);
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

#[cfg(test)]
mod tests;
