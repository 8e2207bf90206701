//! What the running application holds: the engine, and the server that can be moved.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use practice_idp::Practice;
use provisioning::Engine;
use provisioning::settings::Settings;
use tauri::AppHandle;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::error::CommandError;
use crate::preferences::PreferencesFile;
use crate::view::Server;
use crate::walk::Walk;

/// Takes the address of some settings. Fails, naming the field, if it cannot be had.
pub(crate) fn take_address(settings: &Settings) -> Result<TcpListener, CommandError> {
    let address = settings.listen_address()?;
    tauri::async_runtime::block_on(scim_server::bind(address))
        .map_err(|error| CommandError::invalid("listen", error.to_string()))
}

/// The running application.
pub(crate) struct App {
    /// The open data directory.
    pub engine: Arc<Engine>,
    /// The SCIM server.
    pub server: ServerHandle,
    /// The backup that the administrator has picked and not yet confirmed.
    offered: Mutex<Option<PathBuf>>,
    /// How it behaves on this computer.
    pub preferences: PreferencesFile,
    surroundings: OnceLock<Surroundings>,
    /// The practice provider, once it was asked for.
    practice: Mutex<Option<Arc<Practice>>>,
    /// Ends the application, in a moment.
    end: OnceLock<Box<dyn Fn() + Send + Sync>>,
    starts_again: AtomicBool,
    /// The walk through the log that is under way.
    pub walk: Walk,
}

/// What there is around the window, once it is open.
pub(crate) struct Surroundings {
    /// The door to the desktop.
    pub handle: AppHandle,
    /// Why there is no status icon; `None` when there is one.
    pub no_tray: Option<String>,
}

impl App {
    /// The application over an open engine, its server not yet started.
    pub(crate) fn new(engine: Arc<Engine>) -> Self {
        Self {
            preferences: PreferencesFile::open(engine.data_dir()),
            surroundings: OnceLock::new(),
            practice: Mutex::default(),
            engine,
            server: ServerHandle::default(),
            offered: Mutex::default(),
            end: OnceLock::new(),
            starts_again: AtomicBool::new(false),
            walk: Walk::default(),
        }
    }

    /// Tells what is around the window.
    pub(crate) fn stands_in(&self, surroundings: Surroundings) {
        // It is told once.
        let _ = self.surroundings.set(surroundings);
    }

    /// What is around the window; nothing before it is open.
    pub(crate) fn surroundings(&self) -> Option<&Surroundings> {
        self.surroundings.get()
    }

    /// The practice provider, opened at the first call. Fails if its folder cannot be used.
    pub(crate) fn practice(&self) -> Result<Arc<Practice>, CommandError> {
        let mut practice = self.practice.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(practice) = practice.as_ref() {
            return Ok(Arc::clone(practice));
        }
        let opened = Arc::new(crate::commands::open_practice(self.engine.data_dir())?);
        *practice = Some(Arc::clone(&opened));
        Ok(opened)
    }

    /// Whether there is a status icon to come back by.
    pub(crate) fn has_tray(&self) -> bool {
        self.surroundings().is_some_and(|around| around.no_tray.is_none())
    }

    /// Remembers the backup that may be restored.
    pub(crate) fn offer_restore(&self, backup: PathBuf) {
        *self.offered.lock().unwrap_or_else(PoisonError::into_inner) = Some(backup);
    }

    /// The backup that may be restored; it is so once.
    pub(crate) fn take_offer(&self) -> Option<PathBuf> {
        self.offered.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Tells how the application is ended.
    pub(crate) fn ends_by(&self, end: impl Fn() + Send + Sync + 'static) {
        // It is told once.
        let _ = self.end.set(Box::new(end));
    }

    /// Ends the application, which then [starts again](Self::is_to_start_again).
    pub(crate) fn start_again(&self) {
        self.starts_again.store(true, Ordering::Relaxed);
        if let Some(end) = self.end.get() {
            end();
        }
    }

    /// Whether it is to start again when it has ended.
    pub(crate) fn is_to_start_again(&self) -> bool {
        self.starts_again.load(Ordering::Relaxed)
    }
}

/// The SCIM server: started, moved to another address, or stopped with a reason.
#[derive(Default)]
pub(crate) struct ServerHandle {
    state: Mutex<State>,
    moving: Mutex<()>,
}

enum State {
    Listening {
        address: SocketAddr,
        /// Dropping it lets the requests under way finish and ends the server.
        _stop: oneshot::Sender<()>,
    },
    Stopped {
        reason: String,
    },
}

impl Default for State {
    fn default() -> Self {
        Self::Stopped {
            reason: "The SCIM server has not been started.".to_owned(),
        }
    }
}

impl ServerHandle {
    /// Held by whoever changes the address, from taking the new one until it is served.
    pub(crate) fn change_address(&self) -> MutexGuard<'_, ()> {
        self.moving.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Serves on `listener` from now on; a server on another address ends.
    pub(crate) fn start(&self, engine: &Arc<Engine>, listener: TcpListener) {
        let Ok(address) = listener.local_addr() else {
            return self.stop("The SCIM server lost its address. Save another one in the settings.");
        };
        let (stop, stopped) = oneshot::channel();
        *self.lock() = State::Listening { address, _stop: stop };
        let engine = Arc::clone(engine);
        tauri::async_runtime::spawn(async move {
            let ended = scim_server::serve(listener, engine, async {
                // The sender is dropped, never used: either way it is time to stop.
                let _ = stopped.await;
            });
            if let Err(error) = ended.await {
                tracing::error!(%error, "the SCIM server ended");
            }
        });
    }

    /// Ends the server and keeps the reason for the status bar.
    pub(crate) fn stop(&self, reason: &str) {
        *self.lock() = State::Stopped {
            reason: reason.to_owned(),
        };
    }

    /// Whether it answers requests.
    pub(crate) fn is_listening(&self) -> bool {
        matches!(*self.lock(), State::Listening { .. })
    }

    /// What the status bar shows.
    pub(crate) fn state(&self) -> Server {
        match &*self.lock() {
            State::Listening { address, .. } => Server::Listening {
                address: address.to_string(),
            },
            State::Stopped { reason } => Server::Stopped {
                reason: reason.clone(),
            },
        }
    }

    /// The Tenant URL: of the address listened on, or of the one in the settings.
    pub(crate) fn tenant_url(&self, engine: &Engine) -> String {
        let address = match &*self.lock() {
            State::Listening { address, .. } => Some(*address),
            State::Stopped { .. } => engine.settings().listen_address().ok(),
        };
        address
            .map(|address| scim_server::tenant_url(address, engine.tenant()))
            .unwrap_or_default()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
