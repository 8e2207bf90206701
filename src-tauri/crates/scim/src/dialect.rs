//! What was forgiven: one [`Quirk`] per deviation this crate accepts, one [`Note`] per time it did.

use serde::{Deserialize, Serialize};

use crate::error::ScimError;

/// A way in which real providers differ from the RFCs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quirk {
    /// The body starts with a UTF-8 byte order mark.
    ByteOrderMark,
    /// `"True"` where a boolean belongs.
    BooleanAsString,
    /// `"5"` where a number belongs.
    NumberAsString,
    /// A number or boolean where a string belongs.
    ScalarAsString,
    /// A date that is not an RFC 3339 date-time.
    LooseDateTime,
    /// One value where a list belongs.
    SingleForList,
    /// A one-element list where one value belongs.
    ListForSingle,
    /// `{"value": x}` where `x` belongs.
    ObjectForScalar,
    /// `x` where `{"value": x}` belongs.
    ScalarForObject,
    /// A reference with a `$ref` and no `value`.
    ReferenceWithoutValue,
    /// A role whose value is a JSON object in a string.
    JsonInString,
    /// An empty string that means "no value".
    EmptyString,
    /// More than one primary value in a list.
    SeveralPrimaries,
    /// A key such as `name.givenName` in a body.
    PathAsKey,
    /// An extension's attribute without the extension's URN.
    UnqualifiedAttribute,
    /// An attribute no schema declares.
    UnknownAttribute,
    /// A URN in `schemas` that nobody declares.
    UnknownSchema,
    /// An extension in the body that `schemas` does not list.
    UnlistedExtension,
    /// A body without its `schemas`.
    MissingSchemas,
    /// `"Replace"` instead of `"replace"`.
    OperationCase,
    /// A PATCH without operations.
    NoOperations,
    /// A `remove` that lists the values to remove.
    RemoveWithValue,
    /// A value filter that matched nothing, so its element was made.
    ElementMadeFromFilter,
    /// A filter value without quotes.
    UnquotedValue,
    /// A filter that goes on behind brackets: `emails[type eq "work"].value eq "x"`.
    TermAfterBrackets,
    /// Base64 with line breaks, without padding or in the alphabet of URLs.
    LooseBinary,
    /// A filter string with a backslash that escapes nothing.
    StrayBackslash,
    /// A member that is no user of the directory.
    UnknownMember,
    /// A POST of a bulk request without its bulkId.
    MissingBulkId,
    /// A body without a Content-Type, or with one that is not JSON.
    ContentType,
    /// An address with `//` or with the resource type in another letter case.
    AddressSpelling,
}

impl Quirk {
    /// The name in logs and reports: `boolean-as-string`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ByteOrderMark => "byte-order-mark",
            Self::BooleanAsString => "boolean-as-string",
            Self::NumberAsString => "number-as-string",
            Self::ScalarAsString => "scalar-as-string",
            Self::LooseDateTime => "loose-date-time",
            Self::SingleForList => "single-for-list",
            Self::ListForSingle => "list-for-single",
            Self::ObjectForScalar => "object-for-scalar",
            Self::ScalarForObject => "scalar-for-object",
            Self::ReferenceWithoutValue => "reference-without-value",
            Self::JsonInString => "json-in-string",
            Self::EmptyString => "empty-string",
            Self::SeveralPrimaries => "several-primaries",
            Self::PathAsKey => "path-as-key",
            Self::UnqualifiedAttribute => "unqualified-attribute",
            Self::UnknownAttribute => "unknown-attribute",
            Self::UnknownSchema => "unknown-schema",
            Self::UnlistedExtension => "unlisted-extension",
            Self::MissingSchemas => "missing-schemas",
            Self::OperationCase => "operation-case",
            Self::NoOperations => "no-operations",
            Self::RemoveWithValue => "remove-with-value",
            Self::ElementMadeFromFilter => "element-made-from-filter",
            Self::UnquotedValue => "unquoted-value",
            Self::TermAfterBrackets => "term-after-brackets",
            Self::LooseBinary => "loose-binary",
            Self::StrayBackslash => "stray-backslash",
            Self::UnknownMember => "unknown-member",
            Self::MissingBulkId => "missing-bulk-id",
            Self::ContentType => "content-type",
            Self::AddressSpelling => "address-spelling",
        }
    }

    /// The rule that was not followed: `RFC 7643 §2.3.2`.
    pub const fn rfc(self) -> &'static str {
        match self {
            Self::ByteOrderMark => "RFC 8259 §8.1",
            Self::UnknownAttribute => "RFC 7643 §2.1",
            Self::ListForSingle | Self::ObjectForScalar => "RFC 7643 §2.3",
            Self::ScalarAsString => "RFC 7643 §2.3.1",
            Self::BooleanAsString => "RFC 7643 §2.3.2",
            Self::NumberAsString => "RFC 7643 §2.3.4",
            Self::LooseDateTime => "RFC 7643 §2.3.5",
            Self::ScalarForObject => "RFC 7643 §2.3.8",
            Self::SingleForList | Self::ReferenceWithoutValue | Self::SeveralPrimaries => "RFC 7643 §2.4",
            Self::EmptyString => "RFC 7643 §2.5",
            Self::UnknownSchema | Self::MissingSchemas => "RFC 7643 §3",
            Self::UnlistedExtension => "RFC 7643 §3.3",
            Self::JsonInString => "RFC 7643 §4.1.2",
            Self::UnknownMember => "RFC 7643 §4.2",
            Self::LooseBinary => "RFC 7643 §2.3.6",
            Self::UnquotedValue | Self::StrayBackslash | Self::TermAfterBrackets => "RFC 7644 §3.4.2.2",
            Self::PathAsKey | Self::OperationCase | Self::NoOperations => "RFC 7644 §3.5.2",
            Self::RemoveWithValue => "RFC 7644 §3.5.2.2",
            Self::ElementMadeFromFilter => "RFC 7644 §3.5.2.3",
            Self::ContentType => "RFC 7644 §3.1",
            Self::AddressSpelling => "RFC 7644 §3.2",
            Self::MissingBulkId => "RFC 7644 §3.7",
            Self::UnqualifiedAttribute => "RFC 7644 §3.10",
        }
    }

    /// What to change at the provider, or "" where nothing can be.
    pub const fn remedy(self) -> &'static str {
        match self {
            Self::BooleanAsString | Self::OperationCase | Self::RemoveWithValue => FLAG,
            Self::ByteOrderMark => "save the body as UTF-8 without a byte order mark",
            Self::LooseDateTime => "send dates as 2026-04-04T04:23:30Z",
            Self::ListForSingle => "remove AzureAdScimPatch2017 from the Tenant URL",
            Self::ScalarForObject => "map the manager to manager.value",
            Self::JsonInString => "map roles with SingleAppRoleAssignment",
            Self::SeveralPrimaries => "mark one value as primary",
            Self::UnqualifiedAttribute => "map to the attribute with its full URN",
            Self::UnknownAttribute => "remove the attribute from the mapping",
            Self::UnquotedValue => "put the value in double quotes",
            Self::StrayBackslash => "write a backslash as two",
            Self::MissingBulkId => "give every POST a bulkId of its own",
            Self::ContentType => "send the body as application/scim+json",
            Self::AddressSpelling => "copy the Tenant URL again; it ends in the tenant's id",
            Self::UnknownMember => {
                "assign the missing user to the application as well, so that it is sent before the group"
            }
            _ => "",
        }
    }
}

/// Entra's switch to the PATCH of the RFC.
const FLAG: &str = "add ?aadOptscim062020 to the Tenant URL";

/// One deviation in one request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What kind of deviation.
    pub quirk: Quirk,
    /// The attribute it concerns, or "" for the request as a whole.
    pub path: String,
    /// What was sent and how it was read.
    pub sentence: String,
}

/// The notes of one request.
///
/// A quirk is noted once per attribute and at most [`Notes::LIMIT`] times in all: 256 members
/// with the same deviation are one thing to say.
///
/// Strict notes (see [`Notes::strict`]) forgive less: what would be ignored or guessed is refused.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes {
    list: Vec<Note>,
    strict: bool,
    /// The first deviation that strictness does not forgive, until [`Notes::judge`] has
    /// returned it.
    refusal: Option<ScimError>,
}

impl Notes {
    /// The most notes one request can leave.
    pub const LIMIT: usize = 200;

    /// Notes that forgive neither an unknown attribute nor an unknown schema nor a value without
    /// quotes: [`accept`](crate::accept), [`Patch::parse`](crate::Patch::parse),
    /// [`Patch::apply`](crate::Patch::apply) and [`Filter::parse`](crate::Filter::parse) answer
    /// them with an error of status 400 that names the path. Everything else stays as lenient as
    /// with `Notes::default()`.
    pub fn strict() -> Self {
        Self {
            strict: true,
            ..Self::default()
        }
    }

    /// True if made by [`Notes::strict`].
    pub const fn is_strict(&self) -> bool {
        self.strict
    }

    /// Adds a note; if strict, the request is refused with this error, unless it was already.
    pub(crate) fn add_or_refuse(
        &mut self,
        quirk: Quirk,
        path: &str,
        sentence: String,
        refusal: impl FnOnce() -> ScimError,
    ) {
        if self.strict {
            self.refusal.get_or_insert_with(refusal);
        }
        self.add(quirk, path, sentence);
    }

    /// Lets `read` work and leave notes; a refusal meanwhile takes the place of its result.
    pub(crate) fn judge<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, ScimError>,
    ) -> Result<T, ScimError> {
        self.refusal = None;
        let result = read(self);
        self.refusal.take().map_or(result, Err)
    }

    /// Adds a note, unless the same quirk was already noted for the same path.
    pub fn add(&mut self, quirk: Quirk, path: impl Into<String>, sentence: impl Into<String>) {
        let (path, sentence) = (path.into(), sentence.into());
        let known = self
            .list
            .iter()
            .any(|note| note.quirk == quirk && note.path == path);
        if !known && self.list.len() < Self::LIMIT {
            self.list.push(Note {
                quirk,
                path,
                sentence,
            });
        }
    }

    /// The notes in the order they were made.
    pub fn iter(&self) -> std::slice::Iter<'_, Note> {
        self.list.iter()
    }

    /// The notes themselves.
    pub fn into_vec(self) -> Vec<Note> {
        self.list
    }

    /// True if the request was as the RFCs want it.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

impl<'a> IntoIterator for &'a Notes {
    type Item = &'a Note;
    type IntoIter = std::slice::Iter<'a, Note>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests;
