//! The SCIM tools of others that the tests drive: a Python environment in the build folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{output, run, run_twice, succeeds, top};

/// The oldest Python that the tools run on, as major and minor version.
const OLDEST: (u32, u32) = (3, 11);

/// What the environment is made from, from the project's top folder.
const REQUIREMENTS: &str = "tests/interop/requirements.txt";

/// Makes sure that `<target>/tools/python` holds exactly what the requirements name.
pub(crate) fn ensure(target: &Path) -> Result<(), String> {
    let wanted = top().join(REQUIREMENTS);
    let folder = target.join("tools/python");
    // Written when everything is installed, so it tells a whole environment from half a one.
    let installed = folder.join("requirements.txt");
    if is_current(&installed, &wanted) && succeeds(Command::new(python_in(&folder)).arg("--version")) {
        println!("The interop tools are up to date.");
        return Ok(());
    }
    let python = find()?;
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .map_err(|error| format!("{} could not be removed: {error}.", folder.display()))?;
    }
    make(python, &folder)?;
    fill(&folder, &wanted)?;
    fs::copy(&wanted, &installed)
        .map(|_| ())
        .map_err(|error| format!("{} could not be written: {error}.", installed.display()))
}

/// Whether the environment was made from requirements of this very text.
fn is_current(installed: &Path, wanted: &Path) -> bool {
    let texts = (fs::read(installed), fs::read(wanted));
    matches!(texts, (Ok(installed), Ok(wanted)) if installed == wanted)
}

fn make(python: &str, folder: &Path) -> Result<(), String> {
    run(Command::new(python).args(["-m", "venv"]).arg(folder)).map_err(|message| {
        format!("{message} On Debian and Ubuntu the package python3-venv brings what is missing.")
    })
}

/// Every package is named in the requirements, those that others need too: nothing is chosen on
/// the day. Only wheels are taken, so nothing is compiled and no foreign setup script runs.
fn fill(folder: &Path, requirements: &Path) -> Result<(), String> {
    let pip = |arguments: &[&str]| {
        let mut command = Command::new(python_in(folder));
        command.args(["-m", "pip", "--disable-pip-version-check", "--no-input"]);
        command.args(arguments);
        command
    };
    let install = [
        "install",
        "--quiet",
        "--no-deps",
        "--only-binary",
        ":all:",
        "--requirement",
    ];
    run_twice(|| {
        let mut command = pip(&install);
        command.arg(requirements);
        command
    })
    .map_err(|message| {
        format!(
            "{message} The SCIM clients that the tests drive come from PyPI. Check the connection, \
             or name a mirror in PIP_INDEX_URL, and run `cargo xtask setup`."
        )
    })?;
    run(&mut pip(&["check"]))
}

/// The environment's own Python.
fn python_in(folder: &Path) -> PathBuf {
    if cfg!(windows) {
        folder.join("Scripts").join("python.exe")
    } else {
        folder.join("bin").join("python")
    }
}

/// A Python that is new enough, by the name to start it with.
fn find() -> Result<&'static str, String> {
    // A version of its own on the search path may hide the system's, which is tried after it.
    let names: &[&str] = if cfg!(windows) {
        &["python", "py"]
    } else {
        &["python3", "/usr/bin/python3"]
    };
    let versions = names.iter().map(|name| (*name, output(name, &["--version"])));
    judge(versions)
}

/// The first that is new enough, of names and what each prints as its version.
fn judge<'a>(found: impl IntoIterator<Item = (&'a str, Option<String>)>) -> Result<&'a str, String> {
    let (major, minor) = OLDEST;
    let cure =
        format!("Install Python {major}.{minor} or newer with its module venv, and run `cargo xtask setup`.");
    let mut old = None;
    for (name, text) in found {
        match text.as_deref().and_then(version) {
            Some(version) if version >= OLDEST => return Ok(name),
            Some((major, minor)) => {
                old.get_or_insert(format!(
                    "Python {major}.{minor} is too old for the interop tools."
                ));
            }
            None => {}
        }
    }
    let what = old.unwrap_or_else(|| "Python was not found, and the interop tools need it.".to_owned());
    Err(format!("{what} {cure}"))
}

/// Major and minor version out of a text like `Python 3.11.2`.
fn version(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text
        .trim()
        .strip_prefix("Python ")?
        .split('.')
        .map_while(|part| part.parse().ok());
    Some((numbers.next()?, numbers.next()?))
}

#[cfg(test)]
mod tests {
    use super::{REQUIREMENTS, judge, top, version};
    use std::fs;

    #[test]
    fn a_version_is_read_as_python_prints_it() {
        assert_eq!(version("Python 3.11.2\n"), Some((3, 11)));
        assert_eq!(version("Python 3.15.0rc1"), Some((3, 15)));
        assert_eq!(version(""), None);
        assert_eq!(version("pyenv: python3: command not found"), None);
    }

    #[test]
    fn the_first_python_that_is_new_enough_is_taken() {
        let says = |text: &str| Some(format!("Python {text}\n"));
        assert_eq!(judge([("a", says("3.11.2")), ("b", says("3.12.1"))]), Ok("a"));
        assert_eq!(judge([("a", says("3.9.2")), ("b", says("3.12.1"))]), Ok("b"));
        assert_eq!(judge([("a", None), ("b", says("3.12.1"))]), Ok("b"));
        let old = judge([("a", says("3.9.2")), ("b", None)]).unwrap_err();
        assert!(old.starts_with("Python 3.9 is too old"), "{old}");
        let none = judge([("a", None)]).unwrap_err();
        assert!(none.starts_with("Python was not found"), "{none}");
    }

    #[test]
    fn every_requirement_names_one_version() {
        let text = fs::read_to_string(top().join(REQUIREMENTS)).unwrap();
        let lines: Vec<&str> = text
            .lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty())
            .collect();
        assert!(
            lines.iter().any(|line| line.starts_with("scim2-tester==")),
            "{lines:?}"
        );
        for line in lines {
            assert_eq!(line.split("==").count(), 2, "{line}");
        }
    }
}
