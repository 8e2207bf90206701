//! One data directory, open: the door to everything else.

mod admin;
mod alerting;
mod console;
mod data;
mod keeping;
mod opening;
mod passing;
mod people;
mod scratch;
mod undo;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use jiff::{SignedDuration, Timestamp};

pub use admin::SavedSettings;
pub use passing::Pass;
pub use scratch::Scratch;

use crate::alerts::{Alert, Watch};
use crate::clock::{Clock, lock, try_lock};
use crate::directory::Directory;
use crate::error::{Error, Result};
use crate::journal::queue::{self, Queue};
use crate::journal::{self, Event, Journal};
use crate::reports::Reports;
use crate::settings::{Durability, Settings};
use crate::store::{Key, Space, Store, Transaction};
use crate::sync::schedule::Schedule;
use crate::sync::{self, Progress, Run, Trigger, Work};
use crate::token::{Passing, Rejected, Tokens};

/// What has changed, for whoever shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// Settings.
    Settings,
    /// The SCIM token, or its use.
    Token,
    /// A sync has begun or ended.
    Runs,
    /// Directory users and groups.
    Directory,
    /// Console accounts and groups, holds and the exempt list.
    Accounts,
    /// The log.
    Logs,
}

/// Something a listener may want to know.
#[derive(Debug, Clone)]
pub enum Happening {
    /// This has changed.
    Changed(Topic),
    /// A sync has come this far.
    Progress(Progress),
    /// The administrator should know of this.
    Alert(Alert),
}

type Listener = Box<dyn Fn(&Happening) + Send + Sync>;

/// The use of a token is stored at most this often; in between it is remembered.
const TOKEN_USE_STORED_EVERY: SignedDuration = SignedDuration::from_secs(10);

/// Events between two looks at the limits of the log.
const PRUNED_EVERY: u64 = 1_000;

/// An open data directory. Its methods block on the disk; call them from a thread that may.
pub struct Engine {
    dir: PathBuf,
    tenant: String,
    clock: Arc<dyn Clock>,
    settings: Mutex<Settings>,
    tokens: Mutex<(Tokens, Timestamp)>,
    /// The token of a test that is under way.
    passing: Mutex<Passing>,
    schedule: Schedule,
    /// Held by the sync that is under way.
    running: Mutex<Option<Progress>>,
    /// Held by whoever plans or changes accounts: a plan is made for the accounts as they stand.
    sync_turn: Mutex<()>,
    /// Held while settings or tokens are stored, so that memory and store agree.
    admin_turn: Mutex<()>,
    cancel: AtomicBool,
    alerts: Mutex<Watch>,
    listeners: Mutex<Vec<Listener>>,
    /// Events of requests that wrote nothing.
    queue: Queue,
    /// Events recorded since it was opened.
    recorded: AtomicU64,
    // Last, so that everything else is gone when it closes.
    pub(crate) store: Arc<Store>,
}

impl Engine {
    /// Opens, or makes, a data directory. Fails as [`Error::InUse`], [`Error::NotWritable`],
    /// [`Error::Newer`] or [`Error::Damaged`].
    pub fn open(dir: &Path, clock: Arc<dyn Clock>) -> Result<Self> {
        let store = Arc::new(Store::open(dir)?);
        let now = clock.now();
        scratch::remove_leftovers(dir);
        opening::bring_up_to_date(&store, dir, now)?;
        opening::tell_what_was_done(&store, now)?;
        sync::close_interrupted(&store, now)?;
        sync::finish_telling(&store)?;
        let settings: Settings = store.get(&Key::all(Space::Settings))?.unwrap_or_default();
        store.survive_power_loss(settings.durability == Durability::PowerLoss);
        let tokens: Tokens = store.get(&Key::all(Space::Token))?.unwrap_or_default();
        let engine = Self {
            dir: dir.to_owned(),
            tenant: opening::tenant(&store)?,
            clock,
            settings: Mutex::new(settings),
            tokens: Mutex::new((tokens, now)),
            passing: Mutex::default(),
            schedule: Schedule::default(),
            running: Mutex::new(None),
            sync_turn: Mutex::new(()),
            admin_turn: Mutex::new(()),
            cancel: AtomicBool::new(false),
            alerts: Mutex::default(),
            listeners: Mutex::new(Vec::new()),
            queue: Queue::start(&store)?,
            recorded: AtomicU64::new(0),
            store,
        };
        engine.journal().prune(&engine.settings())?;
        if sync::pending::is_pending(&engine.store)? {
            engine.schedule_sync(Trigger::Quiet);
        }
        Ok(engine)
    }

    /// Where the data are.
    pub fn data_dir(&self) -> &Path {
        &self.dir
    }

    /// The id in the Tenant URL; it never changes.
    pub fn tenant(&self) -> &str {
        &self.tenant
    }

    /// The present instant by the engine's clock.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The settings as saved.
    pub fn settings(&self) -> Settings {
        lock(&self.settings).clone()
    }

    /// The directory.
    pub fn directory(&self) -> Directory<'_> {
        Directory::new(&self.store, &*self.clock)
    }

    /// The log, with every request that was answered before this call.
    pub fn journal(&self) -> Journal<'_> {
        self.finish_log();
        Journal {
            store: &self.store,
            now: self.now(),
        }
    }

    /// The reports.
    pub fn reports(&self) -> Reports<'_> {
        Reports { store: &self.store }
    }

    /// Checks the value of an `Authorization` header, and counts the use if it is good.
    pub fn authenticate(&self, header: Option<&str>) -> Result<(), Rejected> {
        if lock(&self.passing).lets_in(header) {
            return Ok(());
        }
        let now = self.now();
        let mut tokens = lock(&self.tokens);
        tokens.0.verify(header, now)?;
        let due = now.duration_since(tokens.1) >= TOKEN_USE_STORED_EVERY;
        drop(tokens);
        if due {
            self.store_token_use(now);
        }
        Ok(())
    }

    /// Only while no token is being issued or revoked: a copy made before would bring the old
    /// token back. The use is remembered and stored the next time.
    fn store_token_use(&self, now: Timestamp) {
        let Some(_turn) = try_lock(&self.admin_turn) else {
            return;
        };
        let copy = {
            let mut tokens = lock(&self.tokens);
            tokens.1 = now;
            tokens.0.clone()
        };
        let put = |turn: &mut Transaction<'_>| turn.put(&Key::all(Space::Token), &copy);
        if let Err(error) = self.store.write_unawaited(put) {
            tracing::warn!(%error, "the use of the token could not be stored");
        }
    }

    /// Adds an event to the log, or completes it where a [`journal::Draft`] was put with the
    /// write that it tells of. A write puts a sync on the schedule; it is to be answered only
    /// when it and its event are durable, which [`Engine::settle`] or [`Engine::settle_then`]
    /// tells. The event of a request which wrote nothing is in the log for whoever reads it from
    /// now on, and waits a moment for others before it is stored (`journal/queue.rs`).
    pub fn record(&self, mut event: Event, wrote: bool) -> Result<()> {
        self.watch_request(&event);
        match event.id {
            0 if !wrote => self.queue.push(&self.store, &event)?,
            0 => self
                .store
                .write(|turn| journal::append(turn, &mut event))
                .map(drop)?,
            _ => self
                .store
                .write(|turn| journal::complete(turn, &event))
                .map(drop)?,
        }
        if wrote {
            self.schedule_sync(Trigger::Quiet);
            self.tell(&Happening::Changed(Topic::Directory));
        }
        // A request is also a use of the token.
        for topic in [Topic::Logs, Topic::Token] {
            self.tell(&Happening::Changed(topic));
        }
        let recorded = self.recorded.fetch_add(1, Ordering::Relaxed) + 1;
        if recorded.is_multiple_of(PRUNED_EVERY) {
            self.prune_log();
        }
        Ok(())
    }

    /// Puts the events that wait into the log.
    fn finish_log(&self) {
        if let Err(error) = queue::drain(&self.store) {
            tracing::error!(%error, "requests could not be written into the log");
        }
    }

    fn prune_log(&self) {
        if let Err(error) = self.journal().prune(&self.settings()) {
            tracing::warn!(%error, "the log could not be kept within its limits");
        }
    }

    /// Waits until everything written so far is durable.
    pub fn settle(&self) -> Result<()> {
        self.store.settle()
    }

    /// Says that nobody will ask any more about what this thread has written and not settled: a
    /// request begins on a thread on which others ended.
    pub fn begin_request(&self) {
        Store::forget_unsettled();
    }

    /// Calls `then` once everything written so far is durable, or with why it is not: so nobody
    /// has to hold a thread meanwhile. Of what the calling thread wrote, it also knows whether the
    /// store has kept it. `then` must be quick.
    pub fn settle_then(&self, then: impl FnOnce(Result<()>) + Send + 'static) {
        self.store.settle_then(then);
    }

    /// Runs a sync. Fails with [`Error::SyncRunning`] if one is under way.
    pub fn sync(&self, trigger: Trigger, allow_archives: Option<u64>) -> Result<Run> {
        let Some(_turn) = try_lock(&self.sync_turn) else {
            return Err(Error::SyncRunning);
        };
        let shown = Shown(&self.running);
        self.cancel.store(false, Ordering::Relaxed);
        self.schedule.clear();
        self.tell(&Happening::Changed(Topic::Runs));
        let work = Work {
            store: &self.store,
            directory: self.directory(),
            settings: self.settings(),
            now: &|| self.now(),
            progress: &|progress| self.show_progress(progress),
            cancelled: &|| self.cancel.load(Ordering::Relaxed),
        };
        let outcome = work.run(trigger, allow_archives);
        drop(shown);
        if let Ok(run) = &outcome {
            self.watch_sync(run);
        }
        for topic in [Topic::Runs, Topic::Accounts, Topic::Logs] {
            self.tell(&Happening::Changed(topic));
        }
        outcome
    }

    /// Asks the sync under way to stop before it changes anything.
    pub fn cancel_sync(&self) {
        self.cancel.store(true, Ordering::Relaxed);
    }

    /// How far the sync under way has come.
    pub fn running(&self) -> Option<Progress> {
        lock(&self.running).clone()
    }

    /// Runs syncs as they fall due, until [`Engine::close_schedule`]. Give it a thread of its own.
    pub fn run_schedule(&self) {
        while let Some(trigger) = self.schedule.wait(|| self.now()) {
            self.run_scheduled(trigger);
            self.prune_log();
        }
    }

    /// Runs one sync; if it panics, it is closed as after a crash, and the next one has its turn.
    fn run_scheduled(&self, trigger: Trigger) {
        let sync = AssertUnwindSafe(|| self.sync(trigger, None));
        let Ok(outcome) = catch_unwind(sync) else {
            tracing::error!("a sync ended in a panic; please report it with what stands above");
            let _turn = lock(&self.sync_turn);
            if let Err(error) = sync::close_interrupted(&self.store, self.now()) {
                tracing::error!(%error, "its report could not be closed");
            }
            return;
        };
        match outcome {
            Ok(run) => tracing::info!(sync = run.id, status = run.status.name(), "{}", run.summary()),
            Err(Error::SyncRunning) => self.schedule_sync(trigger),
            Err(error) => tracing::error!(%error, "a sync could not be run"),
        }
    }

    /// Ends [`Engine::run_schedule`], once the sync under way has ended.
    pub fn close_schedule(&self) {
        self.schedule.close();
    }

    /// Stores what is only remembered, for a process that ends without dropping the engine.
    pub fn close(&self) {
        self.close_schedule();
        self.finish_log();
        self.store_token_use(self.now());
        if let Err(error) = self.store.settle() {
            tracing::warn!(%error, "the use of the token could not be stored");
        }
    }

    /// When the next sync will start by itself, if one will.
    pub fn next_sync(&self) -> Option<Timestamp> {
        self.schedule.due().map(|due| due.at)
    }

    /// Tells `listener` of everything that happens from now on. It must be quick.
    pub fn subscribe(&self, listener: impl Fn(&Happening) + Send + Sync + 'static) {
        lock(&self.listeners).push(Box::new(listener));
    }

    fn schedule_sync(&self, trigger: Trigger) {
        self.schedule
            .note(self.now(), self.settings().quiet_seconds, trigger);
    }

    fn show_progress(&self, progress: Progress) {
        *lock(&self.running) = Some(progress.clone());
        self.tell(&Happening::Progress(progress));
    }

    fn tell(&self, happening: &Happening) {
        for listener in lock(&self.listeners).iter() {
            listener(happening);
        }
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.close();
    }
}

/// While this lives, a sync is shown as under way, however it ends.
struct Shown<'a>(&'a Mutex<Option<Progress>>);

impl Drop for Shown<'_> {
    fn drop(&mut self) {
        *lock(self.0) = None;
    }
}

#[cfg(test)]
mod tests;
