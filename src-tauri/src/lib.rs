//! The shell of SCIM Desk: the window, its commands, the dialogs, and the command line.
//!
//! No rules live here. What may be saved, what a sync does and what a report says is the
//! engine's (`provisioning`); what a request is answered is the server's (`scim-server`).

mod alerts;
mod app;
mod cli;
mod commands;
mod desktop;
mod diagnostics;
mod dialogs;
mod error;
mod events;
mod preferences;
mod view;
mod walk;

use std::process::ExitCode;

use clap::Parser;

/// Runs what the command line asks for: a command, or the desktop application.
pub fn start() -> ExitCode {
    let arguments = cli::Arguments::parse();
    let _guard = diagnostics::start(arguments.diagnosed_dir().as_deref());
    match cli::run(arguments) {
        Ok(code) => code,
        Err(failure) => failure.report(),
    }
}
