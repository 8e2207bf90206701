//! Starting other programs, always from the project's top folder unless said otherwise.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The project's top folder: two above this package.
pub(crate) fn top() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.ancestors().nth(2).unwrap_or(package).to_owned()
}

/// A cargo command with the toolchain that built this program.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(top()).args(arguments);
    // A clean build that is used once gains nothing from incremental artefacts, and they are large.
    if env::var("CI").is_ok_and(|value| value == "true") {
        command.env("CARGO_INCREMENTAL", "0");
    }
    command
}

/// An npm command that runs where the interface lives.
pub(crate) fn npm(arguments: &[&str]) -> Command {
    let mut command = Command::new(script("npm"));
    command.current_dir(top().join("ui")).args(arguments);
    command
}

/// The name under which a Node script is started: Windows installs them as `.cmd` files.
pub(crate) fn script(name: &str) -> String {
    if cfg!(windows) {
        format!("{name}.cmd")
    } else {
        name.to_owned()
    }
}

/// Shows the command, runs it, and describes a failure in a sentence.
pub(crate) fn run(command: &mut Command) -> Result<(), String> {
    let line = describe(command);
    println!("$ {line}");
    let status = command
        .status()
        .map_err(|error| format!("`{line}` could not be started: {error}."))?;
    if status.success() {
        return Ok(());
    }
    Err(match status.code() {
        Some(code) => format!("`{line}` ended with exit code {code}."),
        None => format!("`{line}` was ended by a signal."),
    })
}

/// Runs the command again, once, when it fails: registries and mirrors have bad moments.
pub(crate) fn run_twice(mut command: impl FnMut() -> Command) -> Result<(), String> {
    run(&mut command()).or_else(|message| {
        println!("{message} Trying once more.");
        run(&mut command())
    })
}

/// What a command prints, whatever its exit code; `None` when it cannot be started.
pub(crate) fn output(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .ok()?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a command can be started and ends well, without showing what it prints.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// Whether a program of this name is on the search path.
pub(crate) fn is_installed(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

fn describe(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_stem().unwrap_or_default();
    let words = command
        .get_args()
        .map(|argument| argument.to_string_lossy().into_owned());
    let mut line = program.to_string_lossy().into_owned();
    for word in words {
        line.push(' ');
        line.push_str(&word);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::{Command, cargo, describe, is_installed, run, top};

    #[test]
    fn the_top_folder_holds_the_workspace() {
        assert!(
            top().join("src-tauri/tauri.conf.json").is_file(),
            "{}",
            top().display()
        );
    }

    #[test]
    fn a_command_is_shown_as_one_would_type_it() {
        assert_eq!(describe(&cargo(&["fmt", "--all"])), "cargo fmt --all");
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        assert!(!is_installed("scim-desk-no-such-program"));
        let message = run(&mut Command::new("scim-desk-no-such-program")).unwrap_err();
        assert!(
            message.starts_with("`scim-desk-no-such-program` could not be started"),
            "{message}"
        );
    }
}
