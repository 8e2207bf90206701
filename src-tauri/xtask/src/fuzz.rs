//! Fuzzing: builds the targets of `tests/fuzz` and runs them, one after the other.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{is_installed, output, run, run_twice, succeeds, top};

/// The tool that builds for libFuzzer.
const TOOL: &str = "cargo-fuzz";
/// Its version.
const TOOL_VERSION: &str = "0.13.2";

/// Input that takes longer is a finding, in seconds.
const SLOW: u32 = 10;
/// Input that takes more memory is a finding, in MB.
const MEMORY: u32 = 2_048;

/// Runs one target, or all of them, for this many seconds each. A finding ends its target's run
/// and not the others'; what was found is said at the end.
pub(crate) fn fuzz(target: &Path, only: Option<&str>, seconds: u32) -> Result<(), String> {
    let known = targets()?;
    if let Some(name) = only.filter(|name| !known.iter().any(|known| known == name)) {
        return Err(format!(
            "there is no fuzz target `{name}`; there are {}.",
            known.join(", ")
        ));
    }
    ensure_nightly()?;
    let tool = ensure_tool(target)?;
    let build = target.join("fuzz");
    compile(&tool, &build)?;
    let mut found = Vec::new();
    for name in known
        .iter()
        .filter(|name| only.is_none_or(|only| only == name.as_str()))
    {
        found.extend(run_one(&build, name, seconds)?);
    }
    if found.is_empty() {
        return Ok(());
    }
    Err(format!(
        "{} Copy what you keep to tests/fuzz/corpus/TARGET, where `cargo test corpus` runs it without the fuzzer.",
        found.join(" ")
    ))
}

/// The names of the targets, sorted.
fn targets() -> Result<Vec<String>, String> {
    let folder = top().join("tests/fuzz/targets");
    let entries = fs::read_dir(&folder).map_err(|error| format!("{}: {error}.", folder.display()))?;
    let mut names: Vec<String> = entries
        .flatten()
        .filter_map(|entry| Some(entry.path().file_stem()?.to_str()?.to_owned()))
        .collect();
    names.sort();
    Ok(names)
}

/// A command of the nightly toolchain, whatever toolchain built this program.
fn nightly(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new("rustup");
    command.args(["run", "nightly"]).arg(program).current_dir(top());
    // It names the cargo that started this program, which is another toolchain's.
    command.env_remove("CARGO");
    command
}

fn ensure_nightly() -> Result<(), String> {
    if succeeds(nightly("cargo").arg("--version")) {
        return Ok(());
    }
    Err(
        "fuzzing needs a nightly compiler. Install one: rustup toolchain install nightly --profile minimal"
            .to_owned(),
    )
}

/// The tool's path: the installed one, or one in the build folder.
fn ensure_tool(target: &Path) -> Result<PathBuf, String> {
    if is_installed(TOOL) {
        return Ok(TOOL.into());
    }
    let root = target.join("tools/cargo");
    let tool = root.join("bin").join(TOOL);
    if !tool.is_file() {
        run_twice(|| {
            let mut command =
                crate::process::cargo(&["install", TOOL, "--locked", "--version", TOOL_VERSION]);
            command.arg("--root").arg(&root);
            command
        })?;
    }
    Ok(tool)
}

fn compile(tool: &Path, build: &Path) -> Result<(), String> {
    let mut command = nightly(tool);
    command
        .args(["fuzz", "build", "--fuzz-dir", "tests/fuzz", "--target-dir"])
        .arg(build);
    run(&mut command)
}

/// Runs a target on its corpus and what earlier runs made of it; what is new stays in the build
/// folder. Returns a sentence if something was found.
fn run_one(build: &Path, name: &str, seconds: u32) -> Result<Option<String>, String> {
    let folder = |part: &str| {
        let folder = build.join(part).join(name);
        fs::create_dir_all(&folder)
            .map(|()| folder)
            .map_err(|error| format!("the folder for {part} could not be made: {error}."))
    };
    let (grown, findings) = (folder("corpus")?, folder("findings")?);
    let mut command = Command::new(program(build, name)?);
    command
        .current_dir(top())
        .args([
            format!("-max_total_time={seconds}"),
            format!("-timeout={SLOW}"),
            format!("-rss_limit_mb={MEMORY}"),
            format!("-artifact_prefix={}/", findings.display()),
            "-dict=tests/fuzz/words.dict".to_owned(),
            "-print_final_stats=1".to_owned(),
        ])
        .arg(grown)
        .arg(format!("tests/fuzz/corpus/{name}"));
    Ok(run(&mut command).err().map(|_| {
        format!(
            "The target {name} found something; the input is in {}.",
            findings.display()
        )
    }))
}

/// Where cargo-fuzz puts a target: it always builds for a named platform.
fn program(build: &Path, name: &str) -> Result<PathBuf, String> {
    let about = output("rustup", &["run", "nightly", "rustc", "-vV"]).unwrap_or_default();
    let host = about.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host.ok_or("the nightly compiler does not say what it compiles for.")?;
    Ok(build.join(host).join("release").join(name))
}

#[cfg(test)]
mod tests {
    use super::{targets, top};

    #[test]
    fn every_target_has_a_corpus() {
        let targets = targets().unwrap();
        assert!(targets.len() >= 5, "{targets:?}");
        for target in targets {
            let corpus = top().join("tests/fuzz/corpus").join(&target);
            assert!(corpus.is_dir(), "{target}");
        }
    }
}
