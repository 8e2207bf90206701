//! The shell of SCIM Desk: the window, its commands, the dialogs, and the command line.
//!
//! No rules live here. What may be saved, what a sync does and what a report says is the
//! engine's (`provisioning`); what a request is answered is the server's (`scim-server`).

mod app;
mod cli;
mod commands;
mod desktop;
mod dialogs;
mod error;
mod events;
mod view;
mod walk;

use std::process::ExitCode;

use clap::Parser;

/// Runs what the command line asks for: a command, or the desktop application.
pub fn start() -> ExitCode {
    let arguments = cli::Arguments::parse();
    start_tracing();
    match cli::run(arguments) {
        Ok(code) => code,
        Err(failure) => failure.report(),
    }
}

/// Diagnostics go to standard error, at the level of `SCIM_DESK_LOG` (warnings by default).
fn start_tracing() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("SCIM_DESK_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}
