//! `scim-desk sync`: Force Sync Now.

use std::process::ExitCode;

use clap::Args;
use provisioning::reports::export::Format;
use provisioning::sync::{RunStatus, Trigger};
use provisioning::{Engine, Happening};

use super::Failure;
use super::terminal::{SyncProgress, say};

/// Compare the directory with the console, apply unless Test Mode is on, and print the plan.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Sync {
    /// Print the run and its plan as JSON.
    #[arg(long)]
    json: bool,
    /// Let this one sync archive up to so many accounts, whatever the guard rail says.
    #[arg(long, value_name = "ACCOUNTS")]
    allow_archives: Option<u64>,
}

impl Sync {
    pub(super) fn run(self, engine: &Engine) -> Result<ExitCode, Failure> {
        let progress = SyncProgress::new();
        engine.subscribe(move |happening| {
            if let Happening::Progress(step) = happening {
                progress.show(step);
            }
        });
        let run = engine.sync(Trigger::Forced, self.allow_archives)?;
        let format = if self.json { Format::Json } else { Format::Text };
        say(engine.reports().render(run.id, format)?.trim_end())?;
        Ok(if run.status == RunStatus::Completed {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}
