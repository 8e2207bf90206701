//! Every type that crosses to the window, and nothing else.
//!
//! They are written for the page that shows them, not for the engine that fills them; `from_engine` converts.
//! Field names become camelCase, instants are RFC 3339 strings in UTC, durations are
//! milliseconds unless the name says otherwise. The TypeScript side, `ui/src/api/bindings.ts`,
//! is written from these types by `cargo test`.

mod accounts;
#[cfg(test)]
mod bindings;
mod connection;
mod data;
mod directory;
mod exports;
mod from_engine;
mod holds;
mod log_tools;
mod logs;
mod overview;
mod practice;
mod preferences;
mod reports;
mod settings;
mod status;

pub(crate) use accounts::*;
pub(crate) use connection::*;
pub(crate) use data::*;
pub(crate) use directory::*;
pub(crate) use exports::*;
pub(crate) use holds::*;
pub(crate) use log_tools::*;
pub(crate) use logs::*;
pub(crate) use overview::*;
pub(crate) use practice::*;
pub(crate) use preferences::*;
pub(crate) use reports::*;
pub(crate) use settings::*;
pub(crate) use status::*;
