//! `scim-desk serve`: the server without a window.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use provisioning::{Engine, Happening};

use super::Failure;
use super::terminal::{SyncProgress, note, say};

/// Run the SCIM server.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Listen here instead of at the saved address; port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<String>,
}

impl Serve {
    pub(super) fn run(self, engine: &Arc<Engine>) -> Result<ExitCode, Failure> {
        let mut settings = engine.settings();
        if let Some(listen) = self.listen {
            settings.listen = listen;
        }
        let address = settings.listen_address()?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(|error| Failure::general(format!("The server could not be started: {error}.")))?;
        show_syncs(engine);
        let scheduled = Arc::clone(engine);
        let schedule = std::thread::spawn(move || scheduled.run_schedule());
        let served = runtime.block_on(listen(address, engine));
        // A client that never finishes its request must not keep the process.
        runtime.shutdown_timeout(Duration::from_secs(5));
        engine.close();
        if schedule.join().is_err() {
            tracing::error!("the schedule ended in a panic");
        }
        served.map(|()| ExitCode::SUCCESS)
    }
}

async fn listen(address: std::net::SocketAddr, engine: &Arc<Engine>) -> Result<(), Failure> {
    let listener = scim_server::bind(address).await?;
    let stop = asked_to_stop()?;
    let address = listener.local_addr().map_err(scim_server::ServeError::Stopped)?;
    say(&format!(
        "Tenant URL: {}",
        scim_server::tenant_url(address, engine.tenant())
    ))?;
    say_what_to_expect(engine)?;
    scim_server::serve(listener, Arc::clone(engine), stop).await?;
    note("Stopped. Everything that was answered is stored.");
    Ok(())
}

/// What would surprise somebody who starts the server for the first time.
fn say_what_to_expect(engine: &Engine) -> Result<(), Failure> {
    let settings = engine.settings();
    if !settings.enabled {
        say(
            "User provisioning is off, so every request is refused. To turn it on: scim-desk settings set enabled=true service=scim",
        )?;
    } else if settings.test_mode {
        say("Test Mode is on: syncs report what would change and change nothing.")?;
    }
    if engine.tokens().active.is_none() {
        say("There is no SCIM token yet. To make one: scim-desk token generate")?;
    }
    Ok(())
}

/// Tells what each sync came to: nobody else can ask while the server has the data directory.
fn show_syncs(engine: &Arc<Engine>) {
    let progress = SyncProgress::new();
    // The engine keeps its listeners, so a listener must not keep the engine.
    let weak = Arc::downgrade(engine);
    engine.subscribe(move |happening| {
        let Happening::Progress(step) = happening else {
            return;
        };
        progress.show(step);
        if step.phase != "Done" {
            return;
        }
        if let Some(run) = weak
            .upgrade()
            .and_then(|engine| engine.reports().get(step.run).ok())
        {
            let summary = if run.has_plan() {
                run.summary() + " "
            } else {
                String::new()
            };
            note(&format!("Sync {}: {summary}{}", run.id, run.outcome()));
        }
    });
}

/// Resolves at SIGINT or SIGTERM. From the moment it returns the signals are ours: a stop that
/// follows the first line of output must be as clean as any other.
#[cfg(unix)]
fn asked_to_stop() -> Result<impl Future<Output = ()> + Send + 'static, Failure> {
    use tokio::signal::unix::{SignalKind, signal};
    let listen = |kind| {
        signal(kind).map_err(|error| Failure::general(format!("The server could not be started: {error}.")))
    };
    let (mut interrupted, mut terminated) =
        (listen(SignalKind::interrupt())?, listen(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    })
}

/// Resolves at an interrupt.
#[cfg(not(unix))]
fn asked_to_stop() -> Result<impl Future<Output = ()> + Send + 'static, Failure> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
