//! The interface: its packages and its build, each made again only when it is out of date.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use crate::process::{npm, run, run_twice, top};

/// Installs the packages that the lock file names.
pub(crate) fn install() -> Result<(), String> {
    let ui = top().join("ui");
    // npm writes this copy of the lock file when it has finished, so it dates the installation.
    let installed = modified(&ui.join("node_modules/.package-lock.json"));
    let locked = modified(&ui.join("package-lock.json"));
    if !is_stale(installed, locked) {
        println!("The interface's packages are up to date.");
        return Ok(());
    }
    run_twice(|| npm(&["ci", "--no-audit", "--no-fund"]))
}

/// Types, lints and unit tests of the interface.
pub(crate) fn check() -> Result<(), String> {
    run(&mut npm(&["run", "check"]))
}

/// Builds what the window shows.
pub(crate) fn build() -> Result<(), String> {
    let ui = top().join("ui");
    if !is_stale(modified(&ui.join("dist/index.html")), newest_source(&ui)) {
        println!("The built interface is up to date.");
        return Ok(());
    }
    run(&mut npm(&["run", "build"]))
}

/// Whether something made at `made` must be made again from something changed at `changed`.
///
/// What was never made is stale; what has nothing to be made from is not.
fn is_stale(made: Option<SystemTime>, changed: Option<SystemTime>) -> bool {
    match (made, changed) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(made), Some(changed)) => changed > made,
    }
}

/// When anything that the build reads last changed.
fn newest_source(ui: &Path) -> Option<SystemTime> {
    let entries = fs::read_dir(ui).ok()?.flatten();
    let sources =
        entries.filter(|entry| !matches!(entry.file_name().to_str(), Some("node_modules" | "dist")));
    sources.filter_map(|entry| newest_within(&entry.path())).max()
}

/// The newest change in a file or a whole folder. A folder's own time counts too: it tells of
/// files that are gone.
fn newest_within(path: &Path) -> Option<SystemTime> {
    let own = modified(path);
    let Ok(entries) = fs::read_dir(path) else {
        return own;
    };
    entries
        .flatten()
        .filter_map(|entry| newest_within(&entry.path()))
        .chain(own)
        .max()
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|metadata| metadata.modified()).ok()
}

#[cfg(test)]
mod tests {
    use super::{is_stale, newest_source};
    use std::fs::{self, File};
    use std::path::Path;
    use std::time::{Duration, SystemTime};

    fn at(seconds: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
    }

    fn write_at(path: &Path, seconds: u64) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        File::create(path).unwrap().set_modified(at(seconds)).unwrap();
    }

    #[test]
    fn only_what_is_missing_or_older_is_made_again() {
        assert!(is_stale(None, Some(at(1))), "never made");
        assert!(
            is_stale(None, None),
            "never made, and nothing known about its sources"
        );
        assert!(is_stale(Some(at(1)), Some(at(2))), "a source is newer");
        assert!(!is_stale(Some(at(2)), Some(at(2))), "made in the same moment");
        assert!(!is_stale(Some(at(3)), Some(at(2))), "made after the last change");
        assert!(!is_stale(Some(at(3)), None), "nothing to make it from");
    }

    #[test]
    fn packages_and_products_are_not_sources() {
        let folder = std::env::temp_dir().join(format!("scim-desk-xtask-{}", std::process::id()));
        let far = 4_000_000_000;
        write_at(&folder.join("node_modules/react/index.js"), far + 2);
        write_at(&folder.join("dist/index.html"), far + 1);
        write_at(&folder.join("src/pages/Overview.tsx"), far);
        let newest = newest_source(&folder);
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(newest, Some(at(far)));
    }
}
