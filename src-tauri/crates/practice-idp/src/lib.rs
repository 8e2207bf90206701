//! An identity provider in a box: what Microsoft Entra ID and Okta do when they provision people,
//! without a tenant.
//!
//! An [`organisation`] holds people and groups. Their attributes are a [`value::Value`] each. The
//! people come from a [`roster`], from a [`generate`] seed or from an administrator's own export
//! ([`import`]), and things happen to them ([`stories`]). A [`mapping`] says what of them flows, a
//! [`persona`] whose requests that makes ([`wire`]), and a [`cycle`] which of them are sent to a
//! [`target`], and when. [`Practice`] is all of it in a folder.
//!
//! Invariants:
//! * It is a client like any other: it reaches a SCIM server over HTTP with a token, and knows
//!   nothing of the engine, the store or the window.
//! * Time and chance are parameters; nothing here sleeps in a test.

pub mod client;
pub mod clock;
pub mod configuration;
pub mod cycle;
pub mod expression;
pub mod fault;
pub mod generate;
pub mod import;
pub mod log;
pub mod mail;
pub mod mapping;
pub mod organisation;
mod pattern;
pub mod persona;
mod practice;
pub mod roster;
pub mod scoping;
pub mod secret;
pub mod stories;
pub mod target;
pub mod value;
pub mod wire;

pub use practice::{Advanced, FolderError, Look, Practice, PracticeError, RealWorld, Tested, World};
