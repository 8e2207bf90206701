//! What each command does.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::arguments::{Request, USAGE};
use crate::packages::{self, Extent};
use crate::process::{cargo, run, script, top};
use crate::steps::Steps;
use crate::{fuzz, python, tools, ui};

/// The Tauri command line that makes packages. Exactly this one: the two after it lack parts for
/// some platforms, so a lock file written with them cannot be installed from.
const TAURI_CLI: &str = "@tauri-apps/cli@2.12.3";

/// Does what was asked; the exit code is the one to end with.
pub(crate) fn execute(request: Request) -> Result<ExitCode, String> {
    match request {
        Request::Run { release, arguments } => start(release, &arguments),
        Request::Test { filter: None } => Ok(test_everything()),
        Request::Test { filter: Some(filter) } => Ok(test_some(&filter)),
        Request::Bench { filter } => bench(filter.as_deref()),
        Request::Fuzz { target, seconds } => {
            fuzz::fuzz(&target_folder()?, target.as_deref(), seconds).map(|()| ExitCode::SUCCESS)
        }
        Request::Soak { minutes } => soak(minutes),
        Request::Bundle => bundle(),
        Request::Setup => set_up(Extent::BuildAndTest)
            .and_then(|()| interop_tools())
            .map(|()| ExitCode::SUCCESS),
        Request::Help => {
            println!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn set_up(extent: Extent) -> Result<(), String> {
    tools::ensure_node()?;
    packages::ensure(extent)
}

/// Without them the tests that need them say so, and the others run all the same.
fn interop_tools() -> Result<(), String> {
    python::ensure(&target_folder()?)
}

fn start(release: bool, arguments: &[String]) -> Result<ExitCode, String> {
    set_up(Extent::Build)?;
    ui::install()?;
    ui::build()?;
    build_binaries(release)?;
    let binary = binary_path(release)?;
    let mut application = Command::new(&binary);
    // Started where the person stands, so that relative paths mean what they typed.
    let status = application.args(arguments).status();
    let status = status.map_err(|error| format!("{} could not be started: {error}.", binary.display()))?;
    Ok(match status.code() {
        Some(0) => ExitCode::SUCCESS,
        Some(code) => u8::try_from(code).map_or(ExitCode::FAILURE, ExitCode::from),
        None => ExitCode::FAILURE,
    })
}

/// Builds for the whole workspace, never for one package: the dependencies' features, and with
/// them half of what is compiled, would differ from those of the tests.
fn build_binaries(release: bool) -> Result<(), String> {
    let mut command = cargo(&["build", "--workspace", "--bins", "--locked"]);
    if release {
        command.arg("--release");
    }
    run(&mut command)
}

fn binary_path(release: bool) -> Result<PathBuf, String> {
    let profile = if release { "release" } else { "debug" };
    let name = format!("scim-desk{}", env::consts::EXE_SUFFIX);
    Ok(target_folder()?.join(profile).join(name))
}

/// Where cargo builds: this program lies in `<target>/debug`, wherever that was configured to be.
fn target_folder() -> Result<PathBuf, String> {
    let own = env::current_exe().map_err(|error| format!("the build folder was not found: {error}."))?;
    own.ancestors()
        .nth(2)
        .map(Path::to_owned)
        .ok_or_else(|| "the build folder was not found.".to_owned())
}

/// Cheap checks first. Clippy is before the build because it finds the same errors sooner.
fn test_everything() -> ExitCode {
    let mut steps = Steps::default();
    steps.run("rust tools", &[], tools::ensure_rust_components);
    steps.run("format", &["rust tools"], || {
        run(&mut cargo(&["fmt", "--all", "--check"]))
    });
    steps.run("machine", &[], || set_up(Extent::BuildAndTest));
    steps.run("interop tools", &["machine"], interop_tools);
    steps.run("interface packages", &["machine"], ui::install);
    steps.run("interface checks", &["interface packages"], ui::check);
    steps.run("interface build", &["interface packages"], ui::build);
    steps.run("clippy", &["rust tools", "machine"], || {
        let lints = ["--", "-D", "warnings"];
        run(cargo(&["clippy", "--workspace", "--all-targets", "--locked"]).args(lints))
    });
    steps.run("build", &["machine"], || build_binaries(false));
    steps.run("tests", &["build", "interface build"], || {
        run(&mut cargo(&["test", "--workspace", "--locked"]))
    });
    steps.finish()
}

/// Only what the named tests need. The binary and the interface are among it: a window test
/// starts the real application.
fn test_some(filter: &str) -> ExitCode {
    let mut steps = Steps::default();
    steps.run("machine", &[], || set_up(Extent::BuildAndTest));
    steps.run("interop tools", &["machine"], interop_tools);
    steps.run("interface packages", &["machine"], ui::install);
    steps.run("interface build", &["interface packages"], ui::build);
    steps.run("build", &["interface build"], || build_binaries(false));
    steps.run("tests", &["build"], || {
        run(&mut cargo(&["test", "--workspace", "--locked", filter]))
    });
    steps.finish()
}

/// The engine alone is measured, so neither Node nor a webview is asked for.
fn bench(filter: Option<&str>) -> Result<ExitCode, String> {
    let mut command = cargo(&["bench", "--package", "acceptance", "--locked"]);
    if let Some(filter) = filter {
        command.args(["--", filter]);
    }
    run(&mut command).map(|()| ExitCode::SUCCESS)
}

/// The program that puts the load on the real binary is an example of the tests; it writes
/// `tests/results/soak.md`. With the options of every other build, so that little is compiled.
fn soak(minutes: u32) -> Result<ExitCode, String> {
    build_binaries(true)?;
    let mut command = cargo(&["run", "--example", "soak", "--release", "--locked", "--"]);
    run(command.arg(minutes.to_string())).map(|()| ExitCode::SUCCESS)
}

fn bundle() -> Result<ExitCode, String> {
    if !cfg!(target_os = "linux") {
        return Err(format!(
            "only the Debian package is made here, and it needs Linux; `npx {TAURI_CLI} build` may do elsewhere."
        ));
    }
    set_up(Extent::Build)?;
    ui::install()?;
    let mut command = Command::new(script("npx"));
    command
        .current_dir(top())
        .args(["--yes", TAURI_CLI, "build", "--bundles", "deb"]);
    run(&mut command).map_err(|message| format!("no package was made: {message}"))?;
    let folder = target_folder()?.join("release/bundle/deb");
    for package in packages_in(&folder) {
        println!(
            "Made {}\nInstall it: sudo apt-get install {}",
            package.display(),
            package.display()
        );
    }
    Ok(ExitCode::SUCCESS)
}

fn packages_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path());
    entries
        .filter(|path| path.extension().is_some_and(|extension| extension == "deb"))
        .collect()
}
