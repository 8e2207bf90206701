//! The application's own log: `tracing`, to standard error as before, and to files of the data
//! directory, a file a day, the newest week of them.
//!
//! Standard error has the level of `SCIM_DESK_LOG` (warnings by default), the files that of
//! `SCIM_DESK_LOG_FILES` (what happened, by default). No secret is traced: tokens are a type that
//! prints itself redacted, and no body of a request is traced at all.

use std::path::{Path, PathBuf};

use tracing_appender::non_blocking::{NonBlocking, WorkerGuard};
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::filter::EnvFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt};

/// Names the level of the files.
const FILES: &str = "SCIM_DESK_LOG_FILES";
const FILES_BY_DEFAULT: &str = "info";

/// Days that are kept.
const KEPT: usize = 7;

/// Starts tracing; the files are written for as long as the guard lives.
pub(crate) fn start(data_dir: Option<&Path>) -> Option<WorkerGuard> {
    let filter =
        |name: &str, default: &str| EnvFilter::try_from_env(name).unwrap_or_else(|_| EnvFilter::new(default));
    let terminal = fmt::layer()
        .with_writer(std::io::stderr)
        .with_filter(filter("SCIM_DESK_LOG", "warn"));
    let (file, guard) = data_dir.and_then(to_files).unzip();
    let file = file.map(|file| {
        fmt::layer()
            .with_ansi(false)
            .with_writer(file)
            .with_filter(filter(FILES, FILES_BY_DEFAULT))
    });
    tracing_subscriber::registry().with(terminal).with(file).init();
    guard
}

/// A writer of the files. Without one the application works all the same: the folder may not be
/// writable, which opening the data tells better.
fn to_files(data_dir: &Path) -> Option<(NonBlocking, WorkerGuard)> {
    // The folder of the data is made by whoever opens them, and who may read it is decided there.
    if !data_dir.is_dir() {
        return None;
    }
    std::fs::create_dir_all(folder(data_dir)).ok()?;
    let appender = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .max_log_files(KEPT)
        .filename_prefix("scim-desk")
        .filename_suffix("log")
        .build(folder(data_dir));
    Some(tracing_appender::non_blocking(appender.ok()?))
}

/// Where the files are.
pub(crate) fn folder(data_dir: &Path) -> PathBuf {
    data_dir.join("diagnostics")
}

/// What the files take.
pub(crate) fn bytes(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| entry.metadata().ok())
        .map(|about| about.len())
        .sum()
}

/// What the files hold.
pub(crate) fn level() -> String {
    std::env::var(FILES).unwrap_or_else(|_| FILES_BY_DEFAULT.to_owned())
}

/// The versions of the program and of what it runs on, a line each.
pub(crate) fn versions() -> String {
    format!(
        "SCIM Desk {}\nsystem {} {}\ntauri {}\n",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
        tauri::VERSION
    )
}
