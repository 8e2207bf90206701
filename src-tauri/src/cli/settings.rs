//! `scim-desk settings …`

use std::process::ExitCode;

use clap::Subcommand;
use provisioning::Engine;

use super::Failure;
use super::terminal::{note, say, table};

/// Show or change the provisioning settings.
#[derive(Debug, Subcommand)]
pub(super) enum Settings {
    /// Print every setting.
    Show,
    /// Change settings, all of them or none: enabled=true service=scim test-mode=false …
    Set {
        /// What to change.
        #[arg(required = true, value_name = "KEY=VALUE")]
        changes: Vec<String>,
    },
}

impl Settings {
    pub(super) fn run(self, engine: &Engine) -> Result<ExitCode, Failure> {
        match self {
            Self::Show => say(&show(engine))?,
            Self::Set { changes } => set(engine, &changes)?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn show(engine: &Engine) -> String {
    let rows: Vec<_> = engine
        .settings()
        .rows()
        .into_iter()
        .map(|(key, label, value)| vec![key.to_owned(), value, label.to_owned()])
        .collect();
    table(&rows)
}

fn set(engine: &Engine, changes: &[String]) -> Result<(), Failure> {
    let before = engine.settings();
    let mut draft = before.clone();
    for change in changes {
        let (key, value) = change.split_once('=').ok_or_else(|| {
            Failure::general(format!(
                "\"{change}\" is no setting. Write KEY=VALUE, such as test-mode=true."
            ))
        })?;
        draft.set(key.trim(), value.trim())?;
    }
    let saved = engine.save_settings(&draft)?;
    for change in before.changes(&saved.settings) {
        say(&format!("{}: {} → {}", change.label, change.before, change.after))?;
    }
    if saved.test_mode_forced {
        note(
            "Test Mode was turned on because the service was switched to SCIM. Turn it off once a report looks right.",
        );
    }
    if before.test_mode && !saved.settings.test_mode {
        note(&match engine.reports().newest_in_test_mode()? {
            Some(run) => {
                let newer = match engine.changes_since(&run)? {
                    None | Some(0) => "",
                    Some(_) => {
                        " The identity provider has sent changes since, so the next sync will do something else."
                    }
                };
                format!(
                    "The newest Test Mode report, sync {}, said: {}{newer}",
                    run.id,
                    run.summary()
                )
            }
            None => {
                "No Test Mode sync has run yet, so nobody has seen what the next sync will do.".to_owned()
            }
        });
    }
    Ok(())
}
