//! The command line: the same application without a window, for scripts, demos over SSH and
//! tests. Standard output holds the result, standard error the rest.

mod accounts;
mod backup;
mod check;
mod failure;
mod holds;
mod logs;
mod mapping;
mod practice;
mod reports;
mod serve;
mod settings;
mod sync;
mod terminal;
mod token;
mod undo;
mod walking;
mod why;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand};
use provisioning::Engine;
use provisioning::clock::SystemClock;

pub(crate) use failure::Failure;

/// See what user provisioning will do before it does it.
#[derive(Debug, Parser)]
#[command(name = "scim-desk", version, after_help = EXIT_CODES)]
pub(crate) struct Arguments {
    /// Where the data are; made if it is not there.
    #[arg(long, global = true, env = "SCIM_DESK_DATA_DIR", value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// A link such as `scimdesk://reports/41`, with which the system starts the application.
    #[arg(hide = true, value_name = "LINK", value_parser = crate::desktop::is_link)]
    link: Option<String>,
    #[command(subcommand)]
    command: Option<Command>,
}

impl Arguments {
    /// Where the diagnostics of what runs for long are written; a command that is over in a moment
    /// has standard error for them.
    pub(crate) fn diagnosed_dir(&self) -> Option<PathBuf> {
        if !matches!(self.command, None | Some(Command::Serve(_))) {
            return None;
        }
        self.data_dir.clone().or_else(|| default_data_dir().ok())
    }
}

const EXIT_CODES: &str = "Without a command the desktop application opens.\n\n\
Exit codes: 0 done; 1 not done, and standard error says why; 2 the command line is wrong;\n\
3 the data directory is in use by another process; 4 the port is in use; 5 the data directory cannot be written.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the SCIM server without a window; the first line on standard output holds the Tenant URL.
    Serve(serve::Serve),
    /// Generate, regenerate or revoke the SCIM token, or tell about it.
    #[command(subcommand)]
    Token(token::Token),
    /// Show or change the provisioning settings.
    #[command(subcommand)]
    Settings(settings::Settings),
    /// Force Sync Now: compare, apply unless Test Mode is on, and print the plan.
    Sync(sync::Sync),
    /// List the syncs; show, compare or export their reports.
    #[command(subcommand)]
    Reports(reports::Reports),
    /// Take back what a sync did, for one person or for all.
    Undo(undo::Undo),
    /// List what is on hold, put something on hold, or release it.
    #[command(subcommand)]
    Holds(holds::Holds),
    /// Tell why an address has, or has not, an account.
    Why(why::Why),
    /// Print which SCIM attribute feeds which field of an account.
    Mapping(mapping::Mapping),
    /// The provisioning log: search it, export it, verify it, replay from it, get help with it.
    #[command(subcommand)]
    Logs(logs::Logs),
    /// The console's accounts: list them, import some, protect one, or keep addresses out of syncs.
    #[command(subcommand)]
    Accounts(accounts::Accounts),
    /// The practice identity provider: people, and the requests that Entra or Okta would send.
    #[command(subcommand)]
    Practice(practice::Command),
    /// Check that the stored data agree with themselves; mend what follows from the records.
    Check(check::Check),
    /// Write all the data to one file.
    Backup(backup::Backup),
    /// Put the data of a backup in place.
    Restore(backup::Restore),
}

/// Runs what was asked for. The code is the process's exit code.
pub(crate) fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    let data_dir = match arguments.data_dir {
        Some(dir) => dir,
        None => default_data_dir()?,
    };
    let Some(command) = arguments.command else {
        return crate::desktop::run(&data_dir).map(|()| ExitCode::SUCCESS);
    };
    let engine = || Engine::open(&data_dir, Arc::new(SystemClock)).map(Arc::new);
    match command {
        Command::Serve(command) => command.run(&engine()?),
        Command::Token(command) => command.run(&*engine()?),
        Command::Settings(command) => command.run(&*engine()?),
        Command::Sync(command) => command.run(&*engine()?),
        Command::Reports(command) => command.run(&*engine()?),
        Command::Undo(command) => command.run(&*engine()?),
        Command::Holds(command) => command.run(&*engine()?),
        Command::Why(command) => command.run(&*engine()?),
        Command::Mapping(_) => mapping::Mapping::run(),
        Command::Logs(command) => command.run(&*engine()?),
        Command::Accounts(command) => command.run(&*engine()?),
        // It has a folder and a lock of its own, and works beside a server.
        Command::Practice(command) => command.run(&data_dir),
        // These work on data that may be damaged, which the engine would not open.
        Command::Check(command) => command.run(&data_dir),
        Command::Backup(command) => command.run(&data_dir),
        Command::Restore(command) => command.run(&data_dir),
    }
}

fn default_data_dir() -> Result<PathBuf, Failure> {
    directories::ProjectDirs::from("org", "SCIM Desk", "scim-desk")
        .map(|dirs| dirs.data_dir().to_owned())
        .ok_or_else(|| {
            Failure::general("This user has no home directory to keep data in. Name one with --data-dir.")
        })
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    #[test]
    fn the_command_line_is_consistent() {
        super::Arguments::command().debug_assert();
    }

    #[test]
    fn a_search_may_begin_with_a_negation() {
        let words = [
            "scim-desk",
            "logs",
            "export",
            "--format",
            "csv",
            "--out",
            "log.csv",
            "--query",
            "-kind:admin okta",
        ];
        assert!(super::Arguments::try_parse_from(words).is_ok());
    }
}
