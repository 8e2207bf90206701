//! `scim-desk token …`: a new token alone on standard output, everything else beside it.

use std::process::ExitCode;

use clap::Subcommand;
use provisioning::Engine;
use provisioning::token::ClearToken;

use super::Failure;
use super::terminal::{note, say, say_once};

/// Generate, regenerate or revoke the SCIM token, or tell about it.
#[derive(Debug, Clone, Copy, Subcommand)]
pub(super) enum Token {
    /// Make the first token and print it; it cannot be shown again.
    Generate,
    /// Make a new token and print it; the one in force stops at once.
    Regenerate,
    /// End the token in force.
    Revoke,
    /// Tell what is known about the token.
    Status,
}

impl Token {
    pub(super) fn run(self, engine: &Engine) -> Result<ExitCode, Failure> {
        match self {
            Self::Generate => print_once(&engine.generate_token()?)?,
            Self::Regenerate => print_once(&engine.regenerate_token()?)?,
            Self::Revoke => {
                engine.revoke_token()?;
                note("The SCIM token is revoked. Identity providers that use it are no longer linked.");
            }
            Self::Status => say(&status(engine))?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn print_once(token: &ClearToken) -> Result<(), Failure> {
    say_once(token.reveal())?;
    note(
        "Copy it now: it cannot be shown again. Anyone with it can create, change and archive accounts in this console.",
    );
    Ok(())
}

fn status(engine: &Engine) -> String {
    let tokens = engine.tokens();
    match (tokens.active, tokens.retired.first()) {
        (Some(token), _) => {
            let used = token
                .last_used
                .map_or_else(|| "never used".to_owned(), |at| format!("last used {at}"));
            format!(
                "{} · created {} · {used} · {} uses today",
                token.display(),
                token.created,
                token.uses_today(engine.now())
            )
        }
        (None, Some(old)) => format!(
            "No token is in force. {} was revoked {}.",
            old.record.display(),
            old.retired
        ),
        (None, None) => "No token was ever generated. To make one: scim-desk token generate".to_owned(),
    }
}
