//! `scim-desk why ADDRESS`

use std::process::ExitCode;

use clap::Args;
use provisioning::Engine;
use provisioning::plan::render::plain;

use super::Failure;
use super::terminal::say;

/// Tell why an address has, or has not, an account.
#[derive(Debug, Clone, Args)]
pub(super) struct Why {
    /// The address, or a userName that is none.
    address: String,
}

impl Why {
    pub(super) fn run(self, engine: &Engine) -> Result<ExitCode, Failure> {
        say(&plain(&engine.explain(&self.address)?.paragraph))?;
        Ok(ExitCode::SUCCESS)
    }
}
