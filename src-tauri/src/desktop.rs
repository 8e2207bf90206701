//! The desktop application: the engine, the server inside it, and one window.

mod attention;
mod badge;
mod closing;
mod instance;
mod links;
mod tray;

use std::io::IsTerminal;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use provisioning::clock::SystemClock;
use provisioning::{Engine, Error};
use tauri::{App as TauriApp, AppHandle, Manager, RunEvent, WebviewUrl, WebviewWindowBuilder};
use tauri_plugin_window_state::StateFlags;

pub(crate) use closing::hide;
pub(crate) use links::is_link;

use crate::app::{App, Surroundings, take_address};
use crate::cli::Failure;
use crate::{alerts, commands, dialogs, events};

/// Shows the application until its window is closed. What keeps it from opening is said in a
/// dialog, too, where nobody would see standard error.
pub(crate) fn run(data_dir: &Path) -> Result<(), Failure> {
    refuse_without_display()?;
    let outcome = open(data_dir);
    if let Err(failure) = &outcome
        && !std::io::stderr().is_terminal()
    {
        dialogs::tell(failure.message());
    }
    outcome
}

/// Opens the data directory, starts the server and shows the window until it is closed.
fn open(data_dir: &Path) -> Result<(), Failure> {
    prefer_a_visible_window();
    let engine = match open_engine(data_dir) {
        Ok(engine) => Arc::new(engine),
        Err(error @ Error::InUse(_)) => {
            // Its window may be open somewhere; then this process ends in there.
            instance::hand_over(data_dir, context());
            return Err(error.into());
        }
        Err(error) => return Err(error.into()),
    };
    let app = Arc::new(App::new(Arc::clone(&engine)));
    start_server(&app);
    let mut schedule = Some(start_schedule(&engine));
    let tauri = with_plugins(tauri::Builder::default(), data_dir)
        .manage(Arc::clone(&app))
        .invoke_handler(commands::handler())
        .setup({
            let app = Arc::clone(&app);
            move |tauri| Ok(set_up(tauri, &app)?)
        })
        .build(context())
        .map_err(|error| Failure::general(format!("The window could not be shown: {error}.")))?;
    // The event loop ends the process and never returns; this is the last that is called.
    tauri.run(move |handle, event| {
        if matches!(event, RunEvent::Exit)
            && let Some(schedule) = schedule.take()
        {
            close(&app, schedule);
            if app.is_to_start_again() {
                instance::let_go(handle);
                start_again();
            }
        }
    });
    Ok(())
}

fn context() -> tauri::Context {
    tauri::generate_context!()
}

/// What the desktop lends. Being found by a second start comes first: that one is to end before
/// it does anything.
fn with_plugins(mut builder: tauri::Builder<tauri::Wry>, data_dir: &Path) -> tauri::Builder<tauri::Wry> {
    if instance::has_session_bus() {
        builder = builder.plugin(instance::plugin(data_dir));
    }
    let whole = std::path::absolute(data_dir).unwrap_or_else(|_| data_dir.to_owned());
    let kept = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED;
    builder
        .plugin(tauri_plugin_deep_link::init())
        .plugin(
            tauri_plugin_window_state::Builder::new()
                .with_state_flags(kept)
                .with_filename(whole.join("window.json").display().to_string())
                .build(),
        )
        .plugin(tauri_plugin_notification::init())
        .plugin(tauri_plugin_clipboard_manager::init())
        .plugin(tauri_plugin_opener::init())
        .plugin(
            tauri_plugin_autostart::Builder::new()
                .args(["--data-dir".to_owned(), whole.display().to_string()])
                .build(),
        )
}

/// Opens the window and everything around it.
fn set_up(tauri: &TauriApp, app: &Arc<App>) -> tauri::Result<()> {
    let handle = tauri.handle().clone();
    app.ends_by({
        let handle = handle.clone();
        move || end_in_a_moment(handle.clone())
    });
    let first_page = links::first_page(&handle);
    open_window(tauri, app.engine.data_dir(), first_page.as_deref())?;
    let tray = tray::show(&handle, app);
    if let Err(why) = &tray {
        tracing::info!("{why}");
    }
    app.stands_in(Surroundings {
        handle: handle.clone(),
        no_tray: tray.as_ref().err().cloned(),
    });
    closing::watch(&handle, app);
    links::follow(&handle);
    alerts::show_all(app, handle.clone());
    let mut attention = attention::Attention::new(app, &handle);
    let tray = tray.ok().map(Arc::new);
    let renew = handle.clone();
    events::forward(&app.engine, handle, move || {
        attention.look();
        if let Some(tray) = tray.clone() {
            // Menus and icons belong to the main thread.
            let _ = renew.run_on_main_thread(move || tray.renew());
        }
    });
    Ok(())
}

/// Brings the window to the front, from behind the status icon, too.
fn show_window(handle: &AppHandle) {
    let Some(window) = handle.get_webview_window("main") else {
        return;
    };
    let shown = window
        .show()
        .and_then(|()| window.unminimize())
        .and_then(|()| window.set_focus());
    if let Err(error) = shown {
        tracing::warn!(%error, "the window could not be brought to the front");
    }
}

/// The window is told first what will happen.
fn end_in_a_moment(handle: tauri::AppHandle) {
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(1_500));
        handle.exit(0);
    });
}

/// Set for the process that follows this one.
const STARTED_AGAIN: &str = "SCIM_DESK_STARTED_AGAIN";

/// Starts the application as this process was started: in its place, where the system can do that.
fn start_again() {
    let started = std::env::current_exe().and_then(|program| {
        let mut command = std::process::Command::new(program);
        command.args(std::env::args_os().skip(1)).env(STARTED_AGAIN, "1");
        follow(&mut command)
    });
    if let Err(error) = started {
        tracing::error!(%error, "SCIM Desk could not start again; start it by hand");
    }
}

#[cfg(unix)]
fn follow(command: &mut std::process::Command) -> std::io::Result<()> {
    use std::os::unix::process::CommandExt;
    Err(command.exec())
}

#[cfg(not(unix))]
fn follow(command: &mut std::process::Command) -> std::io::Result<()> {
    command.spawn().map(drop)
}

/// Opens the data directory. The process before this one may need a moment to let go of it.
fn open_engine(data_dir: &Path) -> Result<Engine, Error> {
    const TRIES: u32 = 100;
    let tries = std::env::var_os(STARTED_AGAIN).map_or(1, |_| TRIES);
    for _ in 1..tries {
        match Engine::open(data_dir, Arc::new(SystemClock)) {
            Err(Error::InUse(_)) => std::thread::sleep(Duration::from_millis(50)),
            outcome => return outcome,
        }
    }
    Engine::open(data_dir, Arc::new(SystemClock))
}

/// Lets a sync under way finish and stores what is only remembered.
fn close(app: &App, schedule: std::thread::JoinHandle<()>) {
    app.server.stop("SCIM Desk is closing.");
    app.engine.close();
    if schedule.join().is_err() {
        tracing::error!("the schedule ended in a panic");
    }
}

/// What the web view keeps (the theme) is kept in the data directory, too: two of them are two
/// consoles.
fn open_window(tauri: &TauriApp, data_dir: &Path, page: Option<&str>) -> tauri::Result<()> {
    let url = page.map_or_else(WebviewUrl::default, |page| {
        WebviewUrl::App(format!("index.html#{page}").into())
    });
    WebviewWindowBuilder::new(tauri, "main", url)
        .title("SCIM Desk")
        .data_directory(data_dir.join("window"))
        .inner_size(1280.0, 800.0)
        .min_inner_size(960.0, 640.0)
        .build()?;
    Ok(())
}

/// A port in use does not keep the window from opening: it is where the port is changed.
fn start_server(app: &App) {
    match take_address(&app.engine.settings()) {
        Ok(listener) => app.server.start(&app.engine, listener),
        Err(error) => app.server.stop(&error.message),
    }
}

fn start_schedule(engine: &Arc<Engine>) -> std::thread::JoinHandle<()> {
    let engine = Arc::clone(engine);
    std::thread::spawn(move || engine.run_schedule())
}

/// Without a display the toolkit would end the process with a backtrace.
fn refuse_without_display() -> Result<(), Failure> {
    let has = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if cfg!(target_os = "linux") && !has("DISPLAY") && !has("WAYLAND_DISPLAY") {
        return Err(Failure::general(
            "There is no display to open a window on. To run the SCIM server without one, use: scim-desk serve",
        ));
    }
    Ok(())
}

/// With NVIDIA's driver the web view's DMA-BUF renderer often shows nothing at all. The
/// variable must be there before the toolkit starts; setting it in this process is not safe
/// once threads run, so the process starts itself again with it.
#[cfg(target_os = "linux")]
fn prefer_a_visible_window() {
    use std::os::unix::process::CommandExt;
    const VARIABLE: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    if std::env::var_os(VARIABLE).is_some() || !Path::new("/proc/driver/nvidia").exists() {
        return;
    }
    if let Ok(program) = std::env::current_exe() {
        let error = std::process::Command::new(program)
            .args(std::env::args_os().skip(1))
            .env(VARIABLE, "1")
            .exec();
        tracing::warn!(%error, "the window may stay blank with this graphics driver");
    }
}

#[cfg(not(target_os = "linux"))]
fn prefer_a_visible_window() {}
