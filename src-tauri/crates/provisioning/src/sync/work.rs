//! The work of one run, from reading to its report.

use jiff::Timestamp;

use super::{Progress, Run, RunStatus, SincePrevious, Trigger, events, pending, telling};
use crate::accounts::{heed_exempt, read_console};
use crate::apply::apply;
use crate::directory::{Directory, Kind};
use crate::error::{Error, Result};
use crate::holds;
use crate::plan::{ActionCounts, Counts, DirectoryGroup, Inputs, Notice, Person, Plan, Reason, render};
use crate::reports::{Row, fingerprints, put_rows, remove_rows};
use crate::settings::{GuardRail, Service, Settings};
use crate::store::{Key, Space, Store, Transaction};

/// What one run works with.
pub(crate) struct Work<'a> {
    pub(crate) store: &'a Store,
    pub(crate) directory: Directory<'a>,
    pub(crate) settings: Settings,
    pub(crate) now: &'a dyn Fn() -> Timestamp,
    pub(crate) progress: &'a dyn Fn(Progress),
    pub(crate) cancelled: &'a dyn Fn() -> bool,
}

impl Work<'_> {
    /// Runs one sync from beginning to end. The guard rail lets `allow_archives` accounts pass:
    /// as many as somebody has looked at, not as many as there are by now.
    pub(crate) fn run(&self, trigger: Trigger, allow_archives: Option<u64>) -> Result<Run> {
        let (mut run, changes) = self.begin(trigger)?;
        let outcome = match why_skip(&self.settings) {
            Some(reason) => Ok((Plan::default(), RunStatus::Skipped(reason))),
            None => self.plan(&mut run, allow_archives),
        };
        let ended = outcome.and_then(|(plan, status)| {
            run.status = status;
            self.end(run.clone(), plan, changes)
        });
        ended.or_else(|error| match error {
            // It has taken place, and so has its end.
            Error::Unfinished { .. } => Err(error),
            error => self.fail(run, &error),
        })
    }

    /// Opens the run. Returns it and how many changes of the directory it will have looked at.
    fn begin(&self, trigger: Trigger) -> Result<(Run, u64)> {
        telling::finish(self.store)?;
        let started = (self.now)();
        self.store.write(|turn| {
            let counter = Key::named(Space::Meta, "last sync");
            let id = turn.get::<u64>(&counter)?.unwrap_or_default() + 1;
            let changes = pending::changes(turn)?;
            let run = Run {
                id,
                started,
                finished: None,
                trigger,
                service: Service::Scim,
                test_mode: self.settings.test_mode,
                status: RunStatus::Processing,
                applied: false,
                held_by_guard_rail: false,
                counts: Counts::default(),
                compared: 0,
                active_accounts: 0,
                consequences: None,
                since_previous: None,
                rows_removed: false,
                undoes: None,
                undone_by: None,
                directory_changes: Some(changes),
            };
            turn.put(&counter, &id)?;
            turn.put(&Key::numbered(Space::Run, id), &run)?;
            Ok((run, changes))
        })
    }

    /// Reads and compares; says how the run comes out, short of applying.
    fn plan(&self, run: &mut Run, allow_archives: Option<u64>) -> Result<(Plan, RunStatus)> {
        let Some(inputs) = self.read(run.id)? else {
            return Ok((Plan::default(), cancelled()));
        };
        self.report_progress(run.id, "Comparing", 0, 0);
        let mut plan = Plan::make(&inputs);
        (run.compared, run.active_accounts) = (plan.compared, plan.active_accounts);
        if (self.cancelled)() {
            return Ok((Plan::default(), cancelled()));
        }
        let status = match exceeded(self.settings.guard_rail, &plan) {
            Some(sentence) if self.settings.test_mode => {
                plan.warnings.push(Notice {
                    name: "Guard rail".to_owned(),
                    detail: String::new(),
                    why: Reason::GuardRail {
                        sentence: format!("with Test Mode off this sync would be stopped: {sentence}"),
                    },
                });
                RunStatus::Completed
            }
            Some(sentence) if allow_archives.is_none_or(|allowed| plan.counts().users.archived > allowed) => {
                run.held_by_guard_rail = true;
                RunStatus::Stopped(format!(
                    "The guard rail stopped this sync: {sentence}. Look at the report; if it is right, allow it once."
                ))
            }
            _ => RunStatus::Completed,
        };
        run.applied = status == RunStatus::Completed && !self.settings.test_mode && !plan.is_empty();
        Ok((plan, status))
    }

    /// Reads all a plan needs; `None` if it was cancelled on the way.
    pub(crate) fn read(&self, run: u64) -> Result<Option<Inputs>> {
        let (users, groups) = (
            self.directory.count(Kind::User)?,
            self.directory.count(Kind::Group)?,
        );
        let total = users + groups;
        let mut console = read_console(self.store)?;
        let mut inputs = Inputs {
            exempt: heed_exempt(self.store, &mut console)?,
            holds: holds::targets(self.store)?,
            console,
            ..Inputs::default()
        };
        for (done, user) in self.directory.all(Kind::User).enumerate() {
            if done % PROGRESS_EVERY == 0 {
                self.report_progress(run, "Reading the directory", done as u64, total);
                if (self.cancelled)() {
                    return Ok(None);
                }
            }
            inputs.people.push(Person::of(&user?));
        }
        for (done, group) in self.directory.all(Kind::Group).enumerate() {
            self.report_progress(run, "Reading the directory", users + done as u64, total);
            let group = group?;
            let members = self.directory.members_of(&group.id)?;
            inputs.groups.push(DirectoryGroup {
                name: group.name(Kind::Group).to_owned(),
                members,
                id: group.id,
            });
        }
        Ok(Some(inputs))
    }

    /// Stores the report, makes the changes if the run applies them, and closes the run: the
    /// changes, the first of their log events and the run's end in one turn, so that a crash leaves
    /// the console either as it was or as planned.
    fn end(&self, mut run: Run, plan: Plan, changes: u64) -> Result<Run> {
        run.counts = plan.counts();
        run.consequences = Some(plan.consequences());
        let mut rows = Row::all_of(plan);
        if run.has_plan() {
            run.since_previous = self.compare_with_previous(run.id, &mut rows)?;
        }
        let total = rows.len() as u64;
        put_rows(self.store, run.id, &rows, &|done| {
            self.report_progress(run.id, "Writing the report", done, total);
        })?;
        if run.applied && (self.cancelled)() {
            (run.status, run.applied) = (cancelled(), false);
        }
        if run.applied {
            self.report_progress(run.id, "Applying", 0, total);
        }
        self.close(&mut run, &rows, changes)?;
        self.tell(&run, &rows);
        if let Err(error) = self.store.settle() {
            return self.not_durable(run, error);
        }
        self.report_progress(run.id, "Done", total.max(1), total.max(1));
        Ok(run)
    }

    fn close(&self, run: &mut Run, rows: &[Row], changes: u64) -> Result<()> {
        let now = (self.now)();
        run.finished = Some(now);
        self.store.write(|turn| {
            // Asked in the turn: whoever was told that Test Mode is saved had a turn before this one.
            if run.applied && self.is_overtaken(turn)? {
                (run.status, run.applied) = (cancelled(), false);
            }
            if run.applied {
                apply(turn, run.id, rows.iter().filter_map(Row::made), now)?;
            }
            telling::begin(turn, run, rows)?;
            // One that was cancelled has not looked at everything; it stays to be done.
            if run.has_plan() || matches!(run.status, RunStatus::Skipped(_)) {
                pending::note_synced(turn, changes)?;
            }
            turn.put(&Key::numbered(Space::Run, run.id), run)
        })
    }

    /// Writes the rest of the run's events. The run has ended, and what cannot be written now is
    /// written before the next one begins.
    fn tell(&self, run: &Run, rows: &[Row]) {
        let told = telling::go_on(self.store, run, rows, &|done| {
            self.report_progress(run.id, "Writing the log", done, rows.len() as u64);
        });
        if let Err(error) = told {
            tracing::error!(%error, run = run.id, "the rest of the sync's events waits for the next one");
        }
    }

    /// Tells of a run that has ended, applied perhaps, and may yet be lost in a power cut.
    pub(crate) fn not_durable(&self, mut run: Run, error: Error) -> Result<Run> {
        let reason = match error {
            Error::Store(reason) => reason,
            other => other.to_string(),
        };
        let done = if run.applied {
            "The console was changed"
        } else {
            "The report was stored"
        };
        run.status = RunStatus::Failed(format!(
            "{done}, but could not be made durable ({reason}): a power cut may undo it. Look at the disk's free space and permissions, then force a sync."
        ));
        self.store.write(|turn| {
            crate::journal::append(turn, &mut events::of_whole(&run))?;
            turn.put(&Key::numbered(Space::Run, run.id), &run)
        })?;
        Ok(run)
    }

    /// Whether the run may no longer be applied: it was cancelled, or planned under settings that
    /// are others by now.
    fn is_overtaken(&self, turn: &Transaction<'_>) -> Result<bool> {
        let saved: Settings = turn.get(&Key::all(Space::Settings))?.unwrap_or_default();
        Ok((self.cancelled)() || self.settings.affects_syncs(&saved))
    }

    /// Closes a run that went wrong; if even that cannot be stored, the next start does it.
    fn fail(&self, mut run: Run, error: &Error) -> Result<Run> {
        run.status = RunStatus::Failed(format!("{error} Nothing was changed."));
        (run.applied, run.held_by_guard_rail) = (false, false);
        remove_rows(self.store, run.id)?;
        self.close(&mut run, &[], 0)?;
        self.store.settle()?;
        Ok(run)
    }

    /// Marks the rows that were not in the report before this one.
    fn compare_with_previous(&self, id: u64, rows: &mut [Row]) -> Result<Option<SincePrevious>> {
        let Some(previous) = crate::reports::newest_with_plan(self.store, Some(id))? else {
            return Ok(None);
        };
        let old = fingerprints(self.store, previous.id)?;
        let mut kept = 0;
        for row in rows.iter_mut() {
            row.is_new = !old.contains(&row.fingerprint());
            kept += u64::from(!row.is_new);
        }
        let (new, gone) = (rows.len() as u64 - kept, (old.len() as u64).saturating_sub(kept));
        Ok(Some(SincePrevious {
            previous: previous.id,
            new,
            gone,
        }))
    }

    fn report_progress(&self, run: u64, phase: &'static str, done: u64, total: u64) {
        (self.progress)(Progress {
            run,
            phase,
            done,
            total,
        });
    }
}

/// Objects between two reports of progress.
const PROGRESS_EVERY: usize = 256;

fn cancelled() -> RunStatus {
    RunStatus::Stopped("Cancelled before anything was changed.".to_owned())
}

/// Why a sync of SCIM data is not processed under these settings.
pub(crate) fn why_skip(settings: &Settings) -> Option<String> {
    if !settings.enabled {
        return Some(
            "User provisioning is off. Turn on Enable User Provisioning (User Syncing) and save.".to_owned(),
        );
    }
    (settings.service != Service::Scim).then(|| {
        "SCIM data was received while ADI is the selected service. Choose SCIM and save, or stop the identity provider.".to_owned()
    })
}

/// What the guard rail says about a plan that archives too many accounts.
pub(crate) fn exceeded(guard_rail: GuardRail, plan: &Plan) -> Option<String> {
    let ActionCounts { archived, .. } = plan.counts().users;
    let accounts = render::counted(archived, "account");
    if let Some(limit) = guard_rail.accounts.filter(|limit| archived > u64::from(*limit)) {
        return Some(format!(
            "it would archive {accounts}, more than the {limit} allowed"
        ));
    }
    let percent = guard_rail.percent?;
    let too_many = archived * 100 > plan.active_accounts * u64::from(percent);
    too_many.then(|| {
        format!(
            "it would archive {accounts} of {} active ones, more than the {percent} % allowed",
            plan.active_accounts
        )
    })
}

/// Closes runs that a crash left open. Nothing of them was applied: the changes and the run's
/// end are one turn.
pub(crate) fn close_interrupted(store: &Store, now: Timestamp) -> Result<()> {
    let open: Vec<Run> = store
        .scan::<Run>(&Key::all(Space::Run))
        .rev()
        .take(10)
        .filter_map(|entry| {
            entry
                .map(|(_, run)| (run.status == RunStatus::Processing).then_some(run))
                .transpose()
        })
        .collect::<Result<_>>()?;
    for mut run in open {
        run.finished = Some(now);
        run.status = RunStatus::Failed(
            "This sync was broken off before its end. Nothing was changed; force a sync to try again."
                .to_owned(),
        );
        remove_rows(store, run.id)?;
        store.write(|turn| {
            crate::journal::append(turn, &mut events::of_whole(&run))?;
            turn.put(&Key::numbered(Space::Run, run.id), &run)
        })?;
    }
    Ok(())
}
