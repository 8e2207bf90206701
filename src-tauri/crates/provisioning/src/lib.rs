//! The engine of SCIM Desk: everything that is decided about people is decided here.
//!
//! The story of one sync. An identity provider writes users and groups, and the
//! [`directory`] keeps them as they were sent. When it has been quiet for a while, a
//! [`sync`] reads the directory and the [`accounts`] of the console, and [`plan`] compares
//! them: a pure function whose value is every change, with its reason and its fields before
//! → after. In Test Mode that is all; otherwise `apply` makes the changes, in one turn of the
//! store. Either way the plan is kept as a report ([`reports`]) and the [`journal`] tells what
//! happened. [`holds`] are what an administrator keeps out of all this, `undo` takes a run back,
//! and [`explain`] answers for one address. [`stats`] counts for pictures, [`alerts`] are what an
//! administrator is told at once. [`settings`] and [`token`] say who may do what.
//!
//! Invariants:
//! * No HTTP and no window: status codes, headers and pages are somebody else's.
//! * Only `store` knows sled.
//! * Only `apply`, `undo`, and an administrator's own action, write accounts.
//! * Time comes from a [`clock::Clock`].
//! * A write is durable when [`Engine::settle`], [`Engine::record`] for a write, or any other
//!   writing method of [`Engine`] has returned; nobody answers before.

pub mod accounts;
pub mod alerts;
mod apply;
pub mod backup;
pub mod bundle;
pub mod check;
pub mod clock;
pub mod directory;
mod engine;
pub mod error;
pub mod explain;
pub mod files;
pub mod holds;
pub mod journal;
pub mod mapping;
pub mod plan;
pub mod reports;
pub mod settings;
pub mod stats;
mod store;
pub mod sync;
pub mod token;
mod undo;

pub use engine::{Engine, Happening, Pass, SavedSettings, Scratch, Topic};
pub use error::{Error, Result};
