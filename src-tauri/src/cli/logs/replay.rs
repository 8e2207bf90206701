//! `scim-desk logs replay …`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use provisioning::Engine;
use provisioning::journal::Event;
use provisioning::journal::replay::Selection;
use provisioning::plan::render::{counted, plain};
use scim_server::replay::{Edit, Outcome, Replayed, replay};

use crate::cli::Failure;
use crate::cli::terminal::{note, say};
use crate::cli::walking::Walking;

#[derive(Debug, Args)]
#[group(id = "what", required = true, multiple = false, args = ["event", "person", "sync"])]
pub(in crate::cli) struct Replay {
    /// One request, by the number of its event.
    event: Option<u64>,
    /// A person's history, from nothing: an address or an id.
    #[arg(long)]
    person: Option<String>,
    /// The requests between a sync and the one before it.
    #[arg(long, value_name = "NUMBER")]
    sync: Option<u64>,
    /// Another method for the one request.
    #[arg(long, requires = "event")]
    method: Option<String>,
    /// Another path for it.
    #[arg(long, requires = "event")]
    path: Option<String>,
    /// A file with another body for it.
    #[arg(long, requires = "event", value_name = "FILE")]
    body: Option<PathBuf>,
}

impl Replay {
    pub(super) fn run(self, engine: &Engine) -> Result<ExitCode, Failure> {
        let selection = match (self.event, &self.person, self.sync) {
            (Some(event), ..) => Selection::Request(event),
            (_, Some(person), _) => Selection::Person(engine.person(person)?),
            (.., Some(sync)) => Selection::Sync(sync),
            _ => {
                return Err(Failure::general(
                    "Name what to replay: an event, --person or --sync.",
                ));
            }
        };
        let edit = Edit {
            body: self.body.as_deref().map(read).transpose()?,
            method: self.method,
            path: self.path,
        };
        let mut walking = Walking::new("Replaying")?;
        let outcome = replay(engine, &selection, &edit, &mut |progress| walking.show(progress));
        walking.end();
        tell(&outcome?)?;
        Ok(ExitCode::SUCCESS)
    }
}

fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path)
        .map_err(|error| Failure::general(format!("The file {} could not be read: {error}.", path.display())))
}

fn tell(outcome: &Outcome) -> Result<(), Failure> {
    for request in &outcome.requests {
        say(&line(request))?;
    }
    say(&format!("Before: {}", outcome.before.summary()))?;
    say(&format!("After:  {}", outcome.after.summary()))?;
    for row in &outcome.new_rows {
        say(&format!("  {}", plain(&row.headline())))?;
    }
    note(&format!(
        "{} sent to a copy in Test Mode. Neither the directory nor the console was changed.",
        counted(outcome.requests.len() as u64, "request")
    ));
    Ok(())
}

/// `12 PATCH User mara@… 400 → 200`, and why.
fn line(request: &Replayed) -> String {
    let status = |event: &Event| event.exchange.as_ref().map_or(0, |exchange| exchange.status);
    let then = &request.then;
    let head = format!("{} {} {}", then.id, then.action, plain(&then.identity));
    let Some(now) = &request.now else {
        return format!("{head}: {}", request.remark);
    };
    let mut line = format!("{head}: {} → {}", status(then), status(now));
    for text in [&now.reason, &request.remark] {
        if !text.is_empty() {
            line.push_str(". ");
            line.push_str(&plain(text));
        }
    }
    line
}
