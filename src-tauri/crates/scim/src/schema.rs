//! Attribute characteristics as types: RFC 7643 §2.2 and §7.
//!
//! The const builders make a table read like a schema:
//!
//! ```
//! # use scim::Attribute;
//! const TITLE: Attribute = Attribute::string("title", "The job title.");
//! const EMAILS: Attribute = Attribute::complex("emails", "E-mail addresses.", &[
//!     Attribute::string("value", "The address."),
//!     Attribute::boolean("primary", "The preferred one."),
//! ])
//! .multi_valued();
//! # assert!(EMAILS.sub("VALUE").is_some() && TITLE.sub("x").is_none());
//! ```

use crate::path::AttrPath;
use crate::schemas::COMMON;

/// An attribute's data type, RFC 7643 §2.3.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    String,
    /// `true` or `false`.
    Boolean,
    /// A number.
    Decimal,
    /// A whole number.
    Integer,
    /// An RFC 3339 date-time, kept as sent.
    DateTime,
    /// Base64.
    Binary,
    /// A URI, with the kinds of thing it may point at.
    Reference(&'static [&'static str]),
    /// An object with these sub-attributes.
    Complex(&'static [Attribute]),
}

/// Who may write, RFC 7643 §7 "mutability".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mutability {
    /// The server alone.
    ReadOnly,
    /// The client at any time.
    ReadWrite,
    /// The client once.
    Immutable,
    /// The client, and nobody ever reads it back.
    WriteOnly,
}

/// When an attribute is in an answer, RFC 7643 §7 "returned".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Returned {
    /// Whatever the client asked for.
    Always,
    /// Not even when asked for.
    Never,
    /// Unless excluded or not among those asked for.
    Default,
    /// Only when asked for by name.
    Request,
}

/// How far a value must be unique, RFC 7643 §7 "uniqueness".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Uniqueness {
    /// Not at all.
    None,
    /// Among the server's resources of the same type.
    Server,
    /// Everywhere.
    Global,
}

/// One attribute of a schema, or one sub-attribute of a complex attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attribute {
    /// The name in its canonical spelling.
    pub name: &'static str,
    /// The data type.
    pub kind: Kind,
    /// One sentence for `/Schemas`.
    pub description: &'static str,
    /// True if the value is a list.
    pub multi_valued: bool,
    /// True if a resource without it is refused.
    pub required: bool,
    /// True if letter case matters in comparisons.
    pub case_exact: bool,
    /// Who may write it.
    pub mutability: Mutability,
    /// When it is in an answer.
    pub returned: Returned,
    /// How far a value must be unique.
    pub uniqueness: Uniqueness,
    /// Suggested values; others are accepted too.
    pub canonical_values: &'static [&'static str],
}

/// Builders. The defaults are those of RFC 7643 §2.2: optional, case-insensitive, readWrite,
/// returned by default, not unique.
impl Attribute {
    /// An attribute of any kind.
    pub const fn new(name: &'static str, kind: Kind, description: &'static str) -> Self {
        Self {
            name,
            kind,
            description,
            multi_valued: false,
            required: false,
            case_exact: false,
            mutability: Mutability::ReadWrite,
            returned: Returned::Default,
            uniqueness: Uniqueness::None,
            canonical_values: &[],
        }
    }

    /// A text attribute.
    pub const fn string(name: &'static str, description: &'static str) -> Self {
        Self::new(name, Kind::String, description)
    }

    /// A boolean attribute.
    pub const fn boolean(name: &'static str, description: &'static str) -> Self {
        Self::new(name, Kind::Boolean, description)
    }

    /// A whole-number attribute.
    pub const fn integer(name: &'static str, description: &'static str) -> Self {
        Self::new(name, Kind::Integer, description)
    }

    /// A date-time attribute.
    pub const fn date_time(name: &'static str, description: &'static str) -> Self {
        Self::new(name, Kind::DateTime, description)
    }

    /// A reference to one of `targets` (a resource type, `external` or `uri`).
    pub const fn reference(
        name: &'static str,
        description: &'static str,
        targets: &'static [&'static str],
    ) -> Self {
        Self::new(name, Kind::Reference(targets), description)
    }

    /// A complex attribute with these sub-attributes.
    pub const fn complex(
        name: &'static str,
        description: &'static str,
        sub_attributes: &'static [Attribute],
    ) -> Self {
        Self::new(name, Kind::Complex(sub_attributes), description)
    }

    /// Makes the value a list.
    #[must_use]
    pub const fn multi_valued(mut self) -> Self {
        self.multi_valued = true;
        self
    }

    /// Makes the attribute required.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Makes letter case matter.
    #[must_use]
    pub const fn case_exact(mut self) -> Self {
        self.case_exact = true;
        self
    }

    /// Leaves writing to the server.
    #[must_use]
    pub const fn read_only(mut self) -> Self {
        self.mutability = Mutability::ReadOnly;
        self
    }

    /// Lets the client write once.
    #[must_use]
    pub const fn immutable(mut self) -> Self {
        self.mutability = Mutability::Immutable;
        self
    }

    /// Never shows the value to anyone.
    #[must_use]
    pub const fn write_only(mut self) -> Self {
        self.mutability = Mutability::WriteOnly;
        self.returned = Returned::Never;
        self
    }

    /// Puts the attribute into every answer.
    #[must_use]
    pub const fn always(mut self) -> Self {
        self.returned = Returned::Always;
        self
    }

    /// Makes values unique among the server's resources of one type.
    #[must_use]
    pub const fn unique(mut self) -> Self {
        self.uniqueness = Uniqueness::Server;
        self
    }

    /// Suggests values.
    #[must_use]
    pub const fn suggest(mut self, values: &'static [&'static str]) -> Self {
        self.canonical_values = values;
        self
    }
}

impl Attribute {
    /// The sub-attribute of this name in any letter case; `None` also for attributes that are
    /// not complex.
    pub fn sub(&self, name: &str) -> Option<&'static Attribute> {
        named(self.sub_attributes(), name)
    }

    /// All sub-attributes; none for attributes that are not complex.
    pub const fn sub_attributes(&self) -> &'static [Attribute] {
        match self.kind {
            Kind::Complex(sub_attributes) => sub_attributes,
            _ => &[],
        }
    }

    /// True for an attribute with sub-attributes.
    pub const fn is_complex(&self) -> bool {
        matches!(self.kind, Kind::Complex(_))
    }

    /// True if only the server writes it.
    pub fn is_read_only(&self) -> bool {
        self.mutability == Mutability::ReadOnly
    }
}

/// A set of attributes under a URN, RFC 7643 §7.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schema {
    /// The URN.
    pub id: &'static str,
    /// A name for people.
    pub name: &'static str,
    /// One sentence for `/Schemas`.
    pub description: &'static str,
    /// The attributes, in the order resources show them.
    pub attributes: &'static [Attribute],
}

impl Schema {
    /// The attribute of this name in any letter case.
    pub fn attribute(&self, name: &str) -> Option<&'static Attribute> {
        named(self.attributes, name)
    }
}

/// A kind of resource with its endpoint and schemas, RFC 7643 §6.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResourceType {
    /// `User` or `Group`.
    pub name: &'static str,
    /// `/Users` or `/Groups`.
    pub endpoint: &'static str,
    /// One sentence for `/ResourceTypes`.
    pub description: &'static str,
    /// The core schema.
    pub schema: &'static Schema,
    /// The extensions this server declares. Others are kept as they come.
    pub extensions: &'static [&'static Schema],
}

impl ResourceType {
    /// An attribute at the top of the resource: one every resource has (RFC 7643 §3.1), or one
    /// of the core schema. Any letter case.
    pub fn attribute(&self, name: &str) -> Option<&'static Attribute> {
        named(COMMON, name).or_else(|| self.schema.attribute(name))
    }

    /// The declared extension with this URN. Any letter case.
    pub fn extension(&self, urn: &str) -> Option<&'static Schema> {
        self.extensions
            .iter()
            .find(|schema| schema.id.eq_ignore_ascii_case(urn))
            .copied()
    }

    /// The attribute a path starts with, its sub-attribute aside; `None` if nobody declares it.
    pub fn find(&self, path: &AttrPath) -> Option<&'static Attribute> {
        match &path.schema {
            None => self.attribute(&path.attribute),
            Some(urn) => self.extension(urn)?.attribute(&path.attribute),
        }
    }
}

fn named(attributes: &'static [Attribute], name: &str) -> Option<&'static Attribute> {
    attributes
        .iter()
        .find(|attribute| attribute.name.eq_ignore_ascii_case(name))
}
