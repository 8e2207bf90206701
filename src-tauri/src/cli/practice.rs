//! `scim-desk practice …`: the practice identity provider. It has a folder and a lock of its own, so
//! that it works beside a server that runs in another process.

mod change;
mod print;
mod settings;
mod watch;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Subcommand, ValueEnum};
use practice_idp::cycle::{CycleState, Report, ResetScope};
use practice_idp::log::Filter;
use practice_idp::mapping::Mapping;
use practice_idp::organisation::ObjectId;
use practice_idp::stories::{STORIES, Story};
use practice_idp::{FolderError, Practice, PracticeError, RealWorld};

use super::Failure;
use super::terminal::{note, say};

/// The practice identity provider: people, and the requests that Entra or Okta would send.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Set up whatever is given, turn provisioning on, test the connection, and run a cycle.
    Run(change::Run),
    /// Show the configuration, the state of the job, and how close it is to its quarantine.
    Show,
    /// Change the configuration, such as: practice set scope=all deletion-threshold=2
    Set {
        /// Keys and values. Without any, the keys are listed.
        #[arg(value_name = "KEY=VALUE")]
        changes: Vec<String>,
    },
    /// Test Connection.
    Test,
    /// List the people, or those whose name or address holds a text.
    People {
        /// The text.
        #[arg(default_value = "")]
        text: String,
        /// Print them as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Change one person.
    Person(change::Edit),
    /// Run a cycle; a persona that is driven by events pushes what has changed.
    Cycle {
        /// Print what it came to as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Provision one person, or one group with up to five of its members, and show every step.
    OnDemand {
        /// The person's address, or the group's name.
        #[arg(value_name = "ADDRESS")]
        object: String,
        /// A member of the group to provision with it.
        #[arg(long = "member", value_name = "ADDRESS")]
        members: Vec<String>,
        /// Print the result as JSON, in the shape of Graph.
        #[arg(long)]
        json: bool,
    },
    /// Move the clock on, such as 40m, 6h, or 30d, and run the cycles that become due.
    Advance {
        /// How far.
        by: String,
    },
    /// Let something happen to people; without a name, list what can.
    Story {
        /// The story.
        name: Option<String>,
        /// Another seed gives the story to other people.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Restart provisioning: an initial cycle, without quarantine and escrows.
    Restart {
        /// What to forget instead; can be given several times.
        #[arg(long = "scope", value_enum, value_name = "SCOPE")]
        scopes: Vec<Scope>,
    },
    /// Let the next cycle do the disables and deletes that wait.
    AllowDeletes,
    /// Forget the disables and deletes that wait; those objects stay as they are.
    RejectDeletes,
    /// Print the attribute mappings, or put those of a file in place.
    Mapping {
        /// A file in the shape of Graph.
        #[arg(long, value_name = "FILE")]
        import: Option<PathBuf>,
    },
    /// Print the notifications that were written.
    Mails,
    /// The provisioning log.
    #[command(subcommand)]
    Log(Log),
}

/// The provisioning log.
#[derive(Debug, Subcommand)]
pub(super) enum Log {
    /// Print the newest rows.
    Show {
        /// Only those whose name, address, id or error code holds a text.
        #[arg(default_value = "")]
        text: String,
        /// How many.
        #[arg(long, default_value_t = 50)]
        limit: usize,
    },
    /// Write the rows to a file; CSV writes three, joined by change id.
    Export {
        /// The format.
        #[arg(long, value_enum)]
        format: Format,
        /// The file to write; what is there is replaced.
        #[arg(long, value_name = "PATH")]
        out: PathBuf,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Format {
    Csv,
    Json,
}

/// What a restart forgets; Graph's names.
#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "PascalCase")]
pub(super) enum Scope {
    None,
    ConnectorDataStore,
    Escrows,
    Watermark,
    QuarantineState,
    Full,
    ForceDeletes,
}

impl From<Scope> for ResetScope {
    fn from(scope: Scope) -> Self {
        match scope {
            Scope::None => Self::None,
            Scope::ConnectorDataStore => Self::ConnectorDataStore,
            Scope::Escrows => Self::Escrows,
            Scope::Watermark => Self::Watermark,
            Scope::QuarantineState => Self::QuarantineState,
            Scope::Full => Self::Full,
            Scope::ForceDeletes => Self::ForceDeletes,
        }
    }
}

impl Command {
    pub(super) fn run(self, data_dir: &Path) -> Result<ExitCode, Failure> {
        let practice = Arc::new(Practice::open(&data_dir.join("practice"), Arc::new(RealWorld))?);
        practice.empty_bin()?;
        match self {
            Self::Run(run) => return run.run(&practice),
            Self::Cycle { json } => return cycle(&practice, json),
            Self::Advance { by } => return advance(&practice, &by),
            Self::Test => return test(&practice),
            Self::OnDemand {
                object,
                members,
                json,
            } => return on_demand(&practice, &object, &members, json),
            Self::Show => say(&print::state(&practice))?,
            Self::Set { changes } => settings::set(&practice, &changes)?,
            Self::People { text, json } => say(&print::people(&practice, &text, json)?)?,
            Self::Person(edit) => edit.run(&practice)?,
            Self::Story { name: None, .. } => say(&stories())?,
            Self::Story {
                name: Some(name),
                seed,
            } => story(&practice, &name, seed)?,
            Self::Restart { scopes } => {
                let scopes: Vec<ResetScope> = scopes.into_iter().map(Into::into).collect();
                practice.restart(&scopes)?;
                say("Provisioning starts anew with the next cycle.")?;
            }
            Self::AllowDeletes => {
                practice.allow_deletes()?;
                say("The next cycle disables and deletes what waits.")?;
            }
            Self::RejectDeletes => {
                practice.reject_deletes()?;
                say("What waited is forgotten, and those objects stay as they are.")?;
            }
            Self::Mapping { import } => mapping(&practice, import.as_deref())?,
            Self::Mails => say(&print::mails(&practice))?,
            Self::Log(log) => log.run(&practice)?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Log {
    fn run(self, practice: &Practice) -> Result<(), Failure> {
        match self {
            Self::Show { text, limit } => {
                let filter = Filter {
                    text,
                    ..Filter::default()
                };
                let (count, rows) = practice.log(&filter, 0, limit)?;
                say(&print::rows(count, &rows))
            }
            Self::Export { format, out } => {
                let filter = Filter::default();
                let exported = match format {
                    Format::Csv => practice.export_csv(&filter, &out)?,
                    Format::Json => practice.export_json(&filter, &out)?,
                };
                for file in &exported.files {
                    say(&file.display().to_string())?;
                }
                note(&provisioning::plan::render::counted(exported.count, "row"));
                Ok(())
            }
        }
    }
}

impl From<PracticeError> for Failure {
    fn from(error: PracticeError) -> Self {
        let message = error.to_string();
        match error {
            PracticeError::Folder(FolderError::InUse(_)) => Self::in_use(message),
            PracticeError::Folder(FolderError::File { doing: "written", .. }) => Self::not_writable(message),
            _ => Self::general(message),
        }
    }
}

fn cycle(practice: &Arc<Practice>, json: bool) -> Result<ExitCode, Failure> {
    let report = watch::cycle(practice)?;
    if json {
        say(&print::json(&report.summary)?)?;
    } else {
        say(&print::report(&report))?;
    }
    Ok(exit_code(practice, &report))
}

/// Zero only if everything was done: a script is to notice a quarantine and what failed.
fn exit_code(practice: &Practice, report: &Report) -> ExitCode {
    let is_well =
        report.summary.state == CycleState::Succeeded && practice.look(|look| look.job.quarantine.is_none());
    if is_well {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn test(practice: &Practice) -> Result<ExitCode, Failure> {
    let configuration = practice.look(|look| look.configuration.clone());
    let tested = practice.test_connection(&configuration, None)?;
    say(&print::tested(&tested))?;
    Ok(if tested.fault.is_none() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn advance(practice: &Arc<Practice>, by: &str) -> Result<ExitCode, Failure> {
    let by = settings::duration(by)?;
    let advanced = watch::advance(practice, by)?;
    say(&print::advanced(practice, &advanced))?;
    Ok(match advanced.reports.last() {
        Some(report) => exit_code(practice, report),
        None => ExitCode::SUCCESS,
    })
}

fn on_demand(practice: &Practice, object: &str, members: &[String], json: bool) -> Result<ExitCode, Failure> {
    let id = practice.look(|look| print::find(look.organisation, object))?;
    let find = |member: &String| practice.look(|look| print::find(look.organisation, member));
    let members: BTreeSet<ObjectId> = members.iter().map(find).collect::<Result<_, _>>()?;
    let done = practice.on_demand(&id, &members)?;
    if json {
        say(&print::json(&done.to_json(&practice.names()?))?)?;
    } else {
        say(&print::on_demand(&done))?;
    }
    let is_failed = |row: &practice_idp::log::Entry| row.status == practice_idp::log::Status::Failure;
    let is_well = done.untestable.is_none() && !done.rows.iter().any(is_failed);
    Ok(if is_well {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn stories() -> String {
    let rows = STORIES
        .iter()
        .map(|offer| vec![offer.key.to_owned(), offer.description.to_owned()]);
    super::terminal::table(&rows.collect::<Vec<_>>())
}

fn story(practice: &Practice, name: &str, seed: u64) -> Result<(), Failure> {
    let story = Story::by_key(name).ok_or_else(|| {
        Failure::general(format!(
            "There is no story called \"{name}\". To see them all: scim-desk practice story"
        ))
    })?;
    let told = practice.edit(|organisation, now| story.happen(organisation, seed, now))?;
    say(&told.join("\n"))
}

fn mapping(practice: &Practice, import: Option<&Path>) -> Result<(), Failure> {
    let Some(file) = import else {
        return say(&print::json(&practice.look(|look| look.mapping.to_json()))?);
    };
    let text = std::fs::read_to_string(file)
        .map_err(|error| Failure::general(format!("{} cannot be read: {error}.", file.display())))?;
    let read = Mapping::read(&text).map_err(|error| Failure::general(error.to_string()))?;
    for sentence in &read.notes {
        note(sentence);
    }
    practice.set_mapping(read.mapping)?;
    say("The mapping is in place; the next cycle is an initial one.")
}
