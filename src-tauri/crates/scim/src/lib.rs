//! SCIM 2.0 as data: what a resource is, what a filter means, what a PATCH does.
//!
//! # SCIM in one page
//!
//! SCIM (RFC 7642–7644) is how an identity provider such as Microsoft Entra ID or Okta keeps
//! the users and groups of another product in step with its own. The provider is the client;
//! the product is the server and offers `/Users` and `/Groups`.
//!
//! * A **resource** is a JSON object. Its attributes are declared by **schemas**, each named by
//!   a URN. A core schema's attributes sit at the top of the object; an extension's sit in an
//!   object under the extension's URN ([`schema`], [`schemas`]).
//! * An attribute has **characteristics**: its type, whether it holds many values, whether a
//!   client may write it, when it is returned, whether letter case matters. Everything in this
//!   crate is derived from those tables: acceptance, filtering, PATCH, projection and the
//!   `/Schemas` endpoint that shows them to the provider ([`discovery`]).
//! * A client looks before it writes: `GET /Users?filter=userName eq "ada@example.com"`
//!   ([`filter`]), answered with a page of a **list**, by index or by cursor ([`list`]).
//! * It creates with POST ([`resource`]), changes with **PATCH**, a short program of `add`,
//!   `replace` and `remove` operations on [`path`]s ([`patch`]), and sets `active` to false
//!   when someone leaves.
//! * It may send many of these in one request ([`bulk`]).
//! * Whatever fails is answered with an [`error`] that has a status, perhaps a type, and a
//!   sentence.
//!
//! No provider speaks SCIM exactly as written. This crate accepts what real ones send, stores
//! what the standard says, and reports the difference as [`dialect`] notes. It is strict where
//! leniency would guess at meaning, and lenient everywhere else; [`Notes::strict`] also refuses
//! what would otherwise be left out.
//!
//! Each forgiveness has a name, a section of the RFCs and a remedy ([`Quirk`]). Where letter case
//! does not matter, texts are the same if [`fold`] makes them so.
//!
//! # Limits
//!
//! One request cannot keep the others waiting: what is compared is counted first, and too much of
//! it is an error that says the limit.
//!
//! * A filter, also the one in a path's brackets: 10,000 bytes, 50 levels, 200 terms.
//! * A PATCH: 1,000 operations.
//! * An attribute: 1,000 values; `members` as many as there are.
//! * `schemas`: 1,000 URNs.
//! * Extensions nobody declares: 100 in a resource, what is stored and what is sent together; in
//!   each 1,000 names, those of nested objects included, and 20 levels. A resource that has more
//!   already is not refused, only growing is.
//! * A body: 128 levels ([`parse_body`]). Its bytes are for whoever reads them.
//!
//! # Invariants
//!
//! * No IO, no async, no clock, no tenant: values in, values out.
//! * An [`Object`] that leaves [`accept`] or [`Patch::apply`] is canonical: names spelled as in
//!   the tables, values of their declared type, no nulls, no empty strings, lists or objects,
//!   at most one primary per list, required attributes present, `schemas` computed from content.
//! * A failed PATCH has changed nothing.
//! * A filter on an attribute nobody declared matches nothing, negated or not.
//! * A note never contains a password; nor does an error. What is shown of a filter, a path or a
//!   name that mentions one is `••••`.
//! * Nothing here panics on any input.

pub mod error;

pub mod dialect;

pub mod schema;

pub mod schemas;

pub mod path;

pub mod filter;

mod secret;

mod text;

mod coerce;

mod edit;

pub mod resource;

pub mod patch;

pub mod list;

pub mod bulk;

pub mod discovery;

pub use dialect::{Note, Notes, Quirk};
pub use error::{ScimError, ScimType};
pub use filter::{Filter, Literal, Nothing, Op, Outside};
pub use list::{Page, Paging, Projection, cursor_response, list_response, sort};
pub use patch::{Member, MemberChange, MemberUpdate, Patch, Who, members_of};
pub use path::{AttrPath, Path};
pub use resource::{Object, accept, parse_body};
pub use schema::{Attribute, Kind, Mutability, ResourceType, Returned, Schema, Uniqueness};
pub use schemas::{GROUP_TYPE, USER_TYPE};
pub use text::fold;
