//! `scim-desk undo`

use std::process::ExitCode;

use clap::Args;
use provisioning::Engine;
use provisioning::plan::render;
use provisioning::reports::export::Format;

use super::Failure;
use super::accounts::account_with;
use super::terminal::{note, say};

/// Take back what a sync did, for one person or for all.
#[derive(Debug, Clone, Args)]
pub(super) struct Undo {
    /// The sync's number.
    run: u64,
    /// Only for the person with this address; what is taken back is then put on hold.
    #[arg(long = "for", value_name = "ADDRESS")]
    address: Option<String>,
    /// Print what would be taken back, and change nothing.
    #[arg(long)]
    plan: bool,
}

impl Undo {
    pub(super) fn run(self, engine: &Engine) -> Result<ExitCode, Failure> {
        let account = match &self.address {
            Some(address) => Some(account_with(engine, address)?.id),
            None => None,
        };
        if self.plan {
            let plan = engine.undo_plan(self.run, account.as_deref())?;
            say(render::text(&plan).trim_end())?;
            return Ok(ExitCode::SUCCESS);
        }
        let was_live = !engine.settings().test_mode;
        let run = engine.undo(self.run, account.as_deref())?;
        say(engine.reports().render(run.id, Format::Text)?.trim_end())?;
        if was_live && engine.settings().test_mode {
            note("Test Mode was turned on, so that the next sync does not do it again.");
        }
        if account.is_some() {
            note(
                "What was taken back is on hold, so that the next sync does not do it again: scim-desk holds list",
            );
        }
        Ok(ExitCode::SUCCESS)
    }
}
