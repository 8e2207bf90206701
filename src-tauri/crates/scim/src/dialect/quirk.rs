//! The ways in which real providers differ from the RFCs, as one table.

use serde::{Deserialize, Serialize};

/// Entra's switch to the PATCH of the RFC.
const FLAG: &str = "add ?aadOptscim062020 to the Tenant URL";

/// Declares the quirks, each with its name, what it is, the rule and the remedy.
macro_rules! quirks {
    ($($quirk:ident, $name:literal, $sentence:literal, $rfc:literal, $remedy:expr;)*) => {
        /// A way in which real providers differ from the RFCs.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Quirk {
            $(#[doc = $sentence] $quirk,)*
        }

        impl Quirk {
            /// Every quirk.
            pub const ALL: &'static [Self] = &[$(Self::$quirk,)*];

            /// The name in logs and reports: `boolean-as-string`.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$quirk => $name,)*
                }
            }

            /// What it is, in a sentence.
            pub const fn sentence(self) -> &'static str {
                match self {
                    $(Self::$quirk => $sentence,)*
                }
            }

            /// The rule that was not followed: `RFC 7643 §2.3.2`.
            pub const fn rfc(self) -> &'static str {
                match self {
                    $(Self::$quirk => $rfc,)*
                }
            }

            /// What to change at the provider.
            pub const fn remedy(self) -> &'static str {
                match self {
                    $(Self::$quirk => $remedy,)*
                }
            }
        }
    };
}

quirks! {
    ByteOrderMark, "byte-order-mark",
        "The body starts with a UTF-8 byte order mark.",
        "RFC 8259 §8.1", "save the body as UTF-8 without a byte order mark";
    ContentType, "content-type",
        "A body without a Content-Type, or with one that is not JSON.",
        "RFC 7644 §3.1", "send the body as application/scim+json";
    AddressSpelling, "address-spelling",
        "An address with `//`, or with the resource type in another letter case.",
        "RFC 7644 §3.2", "copy the Tenant URL again; it ends in the tenant's id";
    BooleanAsString, "boolean-as-string",
        "`\"True\"` where a boolean belongs.",
        "RFC 7643 §2.3.2", FLAG;
    NumberAsString, "number-as-string",
        "`\"5\"` where a number belongs.",
        "RFC 7643 §2.3.4", "send the number without quotes";
    ScalarAsString, "scalar-as-string",
        "A number or boolean where a string belongs.",
        "RFC 7643 §2.3.1", "send the value in double quotes (Entra: map it with CStr)";
    LooseDateTime, "loose-date-time",
        "A date that is not an RFC 3339 date-time.",
        "RFC 7643 §2.3.5", "send dates as 2026-04-04T04:23:30Z (Entra: map them with FormatDateTime)";
    LooseBinary, "loose-binary",
        "Base64 with line breaks, without padding or in the alphabet of URLs.",
        "RFC 7643 §2.3.6", "send Base64 on one line, with + and / and its padding";
    SingleForList, "single-for-list",
        "One value where a list belongs.",
        "RFC 7643 §2.4", "send a list, also of one value";
    ListForSingle, "list-for-single",
        "A one-element list where one value belongs.",
        "RFC 7643 §2.3", "send the value itself, not a list (Entra: remove AzureAdScimPatch2017 from the Tenant URL)";
    ObjectForScalar, "object-for-scalar",
        "`{\"value\": x}` where `x` belongs.",
        "RFC 7643 §2.3", "send the value itself, not an object around it";
    ScalarForObject, "scalar-for-object",
        "`x` where `{\"value\": x}` belongs.",
        "RFC 7643 §2.3.8", "map to the value inside the attribute, such as manager.value";
    ReferenceWithoutValue, "reference-without-value",
        "A reference with a `$ref` and no `value`.",
        "RFC 7643 §2.4", "send the id as `value` beside the $ref";
    JsonInString, "json-in-string",
        "A role whose value is a JSON object in a string.",
        "RFC 7643 §4.1.2", "map roles with SingleAppRoleAssignment";
    EmptyString, "empty-string",
        "An empty string that means \"no value\".",
        "RFC 7643 §2.5", "send null, or leave the attribute out (Entra: map it with IgnoreFlowIfNullOrEmpty)";
    SeveralPrimaries, "several-primaries",
        "More than one primary value in a list.",
        "RFC 7643 §2.4", "mark one value as primary";
    PathAsKey, "path-as-key",
        "A key such as `name.givenName` in a body.",
        "RFC 7644 §3.5.2", "nest the attribute in an object, or give it a path of its own (Entra with ?aadOptscim062020 always writes it so)";
    UnqualifiedAttribute, "unqualified-attribute",
        "An extension's attribute without the extension's URN.",
        "RFC 7644 §3.10", "map to the attribute with its full URN";
    UnknownAttribute, "unknown-attribute",
        "An attribute no schema declares.",
        "RFC 7643 §2.1", "remove the attribute from the mapping";
    UnknownSchema, "unknown-schema",
        "A URN in `schemas` that nobody declares.",
        "RFC 7643 §3", "list only schemas that the body uses (Entra adds one of its own to every group)";
    UnlistedExtension, "unlisted-extension",
        "An extension in the body that `schemas` does not list.",
        "RFC 7643 §3.3", "add the extension's URN to `schemas`";
    MissingSchemas, "missing-schemas",
        "A body without its `schemas`.",
        "RFC 7643 §3", "send `schemas` with the URN of the resource or message";
    OperationCase, "operation-case",
        "`\"Replace\"` instead of `\"replace\"`.",
        "RFC 7644 §3.5.2", FLAG;
    NoOperations, "no-operations",
        "A PATCH without operations.",
        "RFC 7644 §3.5.2", "send no PATCH if there is nothing to change";
    RemoveWithValue, "remove-with-value",
        "A `remove` that lists the values to remove.",
        "RFC 7644 §3.5.2.2", FLAG;
    ElementMadeFromFilter, "element-made-from-filter",
        "A value filter that matched nothing, so its element was made.",
        "RFC 7644 §3.5.2.3", "add the element to its list before changing a part of it (not possible in Entra, which does this for every mapping such as emails[type eq \"work\"].value)";
    UnquotedValue, "unquoted-value",
        "A filter value without double quotes.",
        "RFC 7644 §3.4.2.2", "put the value in double quotes";
    TermAfterBrackets, "term-after-brackets",
        "A filter that goes on behind brackets: `emails[type eq \"work\"].value eq \"x\"`.",
        "RFC 7644 §3.4.2.2", "put the term inside: emails[type eq \"work\" and value eq \"x\"] (Entra: match by userName instead)";
    StrayBackslash, "stray-backslash",
        "A filter string with a backslash that escapes nothing.",
        "RFC 7644 §3.4.2.2", "write a backslash as two";
    UnknownMember, "unknown-member",
        "A member that is no user of the directory.",
        "RFC 7643 §4.2", "assign the missing user to the application as well, so that it is sent before the group";
    MissingBulkId, "missing-bulk-id",
        "A POST of a bulk request without its bulkId.",
        "RFC 7644 §3.7", "give every POST a bulkId of its own";
}
