//! `scim-desk holds …`

use std::process::ExitCode;

use clap::Subcommand;
use provisioning::Engine;
use provisioning::accounts::fold;
use provisioning::holds::Hold;
use provisioning::plan::render::plain;
use provisioning::plan::{Change, Target};

use super::Failure;
use super::terminal::{say, table};

/// List what is on hold, put something on hold, or release it.
#[derive(Debug, Clone, Subcommand)]
pub(super) enum Holds {
    /// Print everything that is on hold.
    List,
    /// Put what a report says of an address or a group on hold: later syncs leave it as it is.
    Add {
        /// The sync's number.
        report: u64,
        /// An address, or the name of a group.
        name: String,
    },
    /// Release what is on hold under an address or the name of a group or membership.
    Release {
        /// An address, the name of a group, or a membership as the list writes it.
        name: String,
    },
}

impl Holds {
    pub(super) fn run(self, engine: &Engine) -> Result<ExitCode, Failure> {
        match self {
            Self::List => list(&engine.holds()?)?,
            Self::Add { report, name } => add(engine, report, &name)?,
            Self::Release { name } => release(engine, &name)?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn list(holds: &[Hold]) -> Result<(), Failure> {
    if holds.is_empty() {
        return say("Nothing is on hold.");
    }
    let heading = ["On hold", "Object", "To", "Since", "Report"]
        .map(str::to_owned)
        .to_vec();
    let rows = holds.iter().map(|hold| {
        vec![
            hold.what(),
            hold.target.noun().to_owned(),
            hold.action.verb().to_owned(),
            hold.since.to_string(),
            hold.run.to_string(),
        ]
    });
    say(&table(&std::iter::once(heading).chain(rows).collect::<Vec<_>>()))
}

/// The account with the address, or the group with the name; a membership only by its report's
/// row in the window.
fn add(engine: &Engine, report: u64, name: &str) -> Result<(), Failure> {
    let (name, mut found) = (fold(name), false);
    for (place, row) in (0..).zip(engine.reports().all_rows(report)?) {
        let row = row?;
        if row.change().is_some_and(|change| is_called(change, &name)) {
            found = true;
            let hold = engine.hold(report, place)?;
            say(&format!("On hold: {}", plain(&hold.what())))?;
        }
    }
    if found {
        return Ok(());
    }
    Err(Failure::general(format!(
        "The report of sync {report} changes no account and no group called \"{name}\". To see what it changes: scim-desk reports show {report}"
    )))
}

fn is_called(change: &Change, name: &str) -> bool {
    match change.target {
        Target::User { .. } => fold(&change.detail) == name,
        Target::Group { .. } => fold(&change.name) == name,
        Target::Membership { .. } => false,
    }
}

/// A group's name does not mean its memberships: those go by the name of the person, or as
/// `holds list` writes them, "person in group".
fn is_released(hold: &Hold, name: &str) -> bool {
    match hold.target {
        Target::User { .. } => fold(&hold.detail) == name,
        Target::Group { .. } => fold(&hold.name) == name,
        Target::Membership { .. } => [hold.name.clone(), hold.what()]
            .iter()
            .any(|one| fold(one) == name),
    }
}

fn release(engine: &Engine, name: &str) -> Result<(), Failure> {
    let (folded, mut found) = (fold(name), false);
    for hold in engine.holds()? {
        if is_released(&hold, &folded) {
            found = true;
            engine.release(&hold.target)?;
            say(&format!("Released: {}", plain(&hold.what())))?;
        }
    }
    if found {
        return Ok(());
    }
    Err(Failure::general(format!(
        "Nothing is on hold under \"{name}\". To see what is: scim-desk holds list"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;
    use provisioning::plan::Action;

    #[test]
    fn the_name_of_a_group_does_not_release_its_memberships() {
        let (group, account) = ("g1".to_owned(), "a1".to_owned());
        let hold = |target, name: &str, detail: &str| Hold {
            target,
            action: Action::Create,
            name: name.to_owned(),
            detail: detail.to_owned(),
            since: "2026-11-24T00:00:00Z".parse().unwrap(),
            run: 1,
        };
        let member = Target::Membership {
            group: group.clone(),
            account,
        };
        let member = hold(member, "Mara Okafor", "Sales");
        assert!(!is_released(&member, "sales"));
        assert!(is_released(&member, "mara okafor") && is_released(&member, "mara okafor in sales"));
        assert!(is_released(&hold(Target::Group { group }, "Sales", ""), "sales"));
    }
}
