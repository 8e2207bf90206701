//! The attribute of a resource that a mapping fills: `emails[type eq "work"].value`.
//!
//! Names keep the letter case they are written in, since that is how they are sent; compared are
//! they without it ([`TargetPath::is`]).

use std::fmt;

use thiserror::Error;

/// A path to one attribute.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TargetPath {
    /// The URN of the extension; `None` for the core schema.
    pub schema: Option<String>,
    /// The attribute.
    pub attribute: String,
    /// Which of several values, `[type eq "work"]`.
    pub filter: Option<TargetFilter>,
    /// The sub-attribute.
    pub sub: Option<String>,
}

/// Which of several values is meant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TargetFilter {
    /// The sub-attribute that tells, such as `type`.
    pub attribute: String,
    /// The value it has.
    pub value: String,
    /// Whether the value is written in quotation marks; `true` and `false` need none.
    pub is_quoted: bool,
}

/// What a target holds, as the portal's attribute list calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// True or false.
    Boolean,
    /// A date with time.
    DateTime,
    /// Another resource, by its id.
    Reference,
    /// A text.
    String,
}

/// Why a text is no target path.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "\"{path}\" cannot be a target attribute: {reason}. Write it as in name.givenName, emails[type eq \"work\"].value or urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department."
)]
pub struct TargetError {
    /// The text.
    pub path: String,
    /// What is wrong with it.
    pub reason: &'static str,
}

impl TargetPath {
    /// Reads a path.
    ///
    /// The error says which part is wrong and shows how paths are written.
    pub fn parse(text: &str) -> Result<Self, TargetError> {
        let text = text.trim();
        parts(text).map_err(|reason| TargetError {
            path: text.to_owned(),
            reason,
        })
    }

    /// Whether both name the same attribute; the letter case of names does not count.
    pub fn is(&self, other: &Self) -> bool {
        let same = |left: &Option<String>, right: &Option<String>| match (left, right) {
            (Some(left), Some(right)) => left.eq_ignore_ascii_case(right),
            (None, None) => true,
            _ => false,
        };
        let filters = match (&self.filter, &other.filter) {
            (Some(left), Some(right)) => {
                left.attribute.eq_ignore_ascii_case(&right.attribute)
                    && left.value.eq_ignore_ascii_case(&right.value)
            }
            (None, None) => true,
            _ => false,
        };
        same(&self.schema, &other.schema)
            && self.attribute.eq_ignore_ascii_case(&other.attribute)
            && filters
            && same(&self.sub, &other.sub)
    }

    /// Whether it is the attribute of the core schema with that name, as a whole.
    pub fn is_core(&self, name: &str) -> bool {
        self.schema.is_none()
            && self.filter.is_none()
            && self.sub.is_none()
            && self.attribute.eq_ignore_ascii_case(name)
    }

    /// Whether it refers to other resources, which have to be there first: `manager`, `members`.
    pub fn is_reference(&self) -> bool {
        let sub = self.sub.as_deref().unwrap_or("value");
        let names = ["manager", "members"];
        self.filter.is_none()
            && sub.eq_ignore_ascii_case("value")
            && names.iter().any(|name| self.attribute.eq_ignore_ascii_case(name))
    }

    /// What it holds, by its name; what has no telling name is a text.
    pub fn kind(&self) -> Kind {
        let last = self.sub.as_deref().unwrap_or(&self.attribute);
        let is = |names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(last));
        if self.is_reference() {
            Kind::Reference
        } else if is(&["active", "primary"]) {
            Kind::Boolean
        } else if is(&[
            "customDate1",
            "customDate2",
            "outOfOfficeEnd",
            "lastPasswordChangeDateTime",
        ]) {
            Kind::DateTime
        } else {
            Kind::String
        }
    }
}

fn parts(text: &str) -> Result<TargetPath, &'static str> {
    if text.is_empty() {
        return Err("it is empty");
    }
    let (name, behind) = match text.find('[') {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let (schema, name) = split_schema(name)?;
    let (filter, sub) = if behind.is_empty() {
        let (attribute, sub) = name
            .split_once('.')
            .map_or((name, None), |(name, sub)| (name, Some(sub)));
        return path(schema, attribute, None, sub);
    } else {
        split_filter(behind)?
    };
    path(schema, name, Some(filter), sub)
}

fn path(
    schema: Option<&str>,
    attribute: &str,
    filter: Option<TargetFilter>,
    sub: Option<&str>,
) -> Result<TargetPath, &'static str> {
    if !is_name(attribute) {
        return Err("the name of the attribute is missing or has characters that names do not have");
    }
    if !sub.is_none_or(is_name) {
        return Err("the name behind the dot is missing or has characters that names do not have");
    }
    Ok(TargetPath {
        schema: schema.map(str::to_owned),
        attribute: attribute.to_owned(),
        filter,
        sub: sub.map(str::to_owned),
    })
}

/// A URN has dots of its own, so the attribute is what stands behind its last colon.
fn split_schema(name: &str) -> Result<(Option<&str>, &str), &'static str> {
    let Some((schema, attribute)) = name.rsplit_once(':') else {
        return Ok((None, name));
    };
    let is_urn = schema
        .get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("urn:"));
    if !is_urn
        || schema
            .chars()
            .any(|letter| letter.is_whitespace() || letter == '"')
    {
        return Err("what stands before the last colon is no URN");
    }
    // `urn:…:2.0:User` has a version where the attribute's own schema would end.
    if schema.ends_with(|letter: char| letter.is_ascii_digit()) {
        return Err("it names a schema and no attribute of it");
    }
    Ok((Some(schema), attribute))
}

/// `[type eq "work"].value`
fn split_filter(behind: &str) -> Result<(TargetFilter, Option<&str>), &'static str> {
    let inner = behind.strip_prefix('[').unwrap_or(behind);
    let (inner, rest) = inner.rsplit_once(']').ok_or("the bracket is not closed")?;
    let sub = match rest {
        "" => None,
        rest => Some(
            rest.strip_prefix('.')
                .ok_or("behind the bracket comes a dot and a name")?,
        ),
    };
    let mut words = inner.trim().splitn(3, ' ').map(str::trim);
    let (Some(attribute), Some(operator), Some(value)) = (words.next(), words.next(), words.next()) else {
        return Err("between brackets stands a name, eq and a value");
    };
    if !is_name(attribute) || !operator.eq_ignore_ascii_case("eq") {
        return Err("between brackets stands a name, eq and a value");
    }
    let quoted = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
    let is_plain = |value: &str| !value.is_empty() && !value.contains(['"', '\\', '[', ']']);
    let filter = |value: &str, is_quoted| TargetFilter {
        attribute: attribute.to_owned(),
        value: value.to_owned(),
        is_quoted,
    };
    match quoted {
        Some(value) if is_plain(value) => Ok((filter(value, true), sub)),
        None if matches!(value, "true" | "false") => Ok((filter(value, false), sub)),
        _ => Err("the value between brackets stands in quotation marks and has none within"),
    }
}

/// A name of RFC 7643, section 2.1.
fn is_name(text: &str) -> bool {
    let text = text.strip_prefix('$').unwrap_or(text);
    text.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && text
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'))
}

impl fmt::Display for TargetPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(schema) = &self.schema {
            write!(f, "{schema}:")?;
        }
        f.write_str(&self.attribute)?;
        if let Some(filter) = &self.filter {
            filter.fmt(f)?;
        }
        match &self.sub {
            Some(sub) => write!(f, ".{sub}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for TargetFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quote = if self.is_quoted { "\"" } else { "" };
        write!(f, "[{} eq {quote}{}{quote}]", self.attribute, self.value)
    }
}
