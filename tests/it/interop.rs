//! Other people's SCIM software against the real program: the conformance test scim2-tester, the
//! command line scim2-cli and the client library scim2-client, all of <https://github.com/python-scim>.
//!
//! They live in a Python environment that `cargo xtask setup` makes from
//! `tests/interop/requirements.txt`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use acceptance::{Desk, Provider, Serving, workspace};

/// The fewest checks that scim2-tester makes of a server with users, groups and their extensions.
/// It makes more with every attribute that is declared.
const CHECKS: usize = 180;

#[test]
fn scim2_tester_finds_no_fault() {
    let target = Target::start();
    let report = run(target.script("conformance.py"));
    let summary = report.lines().next().unwrap_or_default();
    let passed = summary.split(' ').next().and_then(|number| number.parse().ok());
    assert!(passed.is_some_and(|passed: usize| passed >= CHECKS), "{report}");
}

/// The same checks by the command line as its users have it. It makes up values for attributes of
/// every type but `dateTime`, for which it takes a UUID and then refuses to send it; so it is told
/// of schemas without such attributes. `conformance.py` checks these as well.
#[test]
fn scim2_test_finds_no_fault() {
    let target = Target::start();
    let provider = Provider::new(&target.serving.tenant_url, &target.token);
    let mut schemas = provider.get("/Schemas").expect(200).body["Resources"].take();
    for schema in schemas.as_array_mut().unwrap() {
        let attributes = schema["attributes"].as_array_mut().unwrap();
        attributes.retain(|attribute| attribute["type"] != "dateTime");
    }
    let path = target.desk.file("schemas.json");
    fs::write(&path, schemas.to_string()).unwrap();
    let mut command = target.command("scim2");
    command.arg("--schemas").arg(path).arg("test");
    let report = run(command);
    assert!(
        report.lines().filter(|line| line.starts_with("SUCCESS")).count() >= CHECKS,
        "{report}"
    );
}

#[test]
fn scim2_client_does_what_clients_do() {
    let target = Target::start();
    let report = run(target.script("client.py"));
    assert!(report.ends_with("everybody_leaves: done\n"), "{report}");
}

/// A server that runs, and how to reach it.
struct Target {
    desk: Desk,
    serving: Serving,
    token: String,
}

impl Target {
    fn start() -> Self {
        let desk = Desk::new();
        let token = desk.prepared();
        let serving = desk.serve();
        Self { desk, serving, token }
    }

    /// One of the scripts in `tests/interop`.
    fn script(&self, name: &str) -> Command {
        let mut command = self.command("python");
        command.arg(workspace().join("tests/interop").join(name));
        command
    }

    /// A program of the Python environment that is told where the server is.
    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(tool(program));
        command
            .current_dir(self.desk.data_dir())
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("PYTHONUTF8", "1")
            .env("SCIM_CLI_URL", &self.serving.tenant_url)
            .env(
                "SCIM_CLI_HEADERS",
                format!("Authorization: Bearer {}", self.token),
            )
            .env("NO_PROXY", "127.0.0.1")
            .env("no_proxy", "127.0.0.1");
        command
    }
}

/// A program of the Python environment, which lies beside this build: `<target>/tools/python`.
pub(crate) fn tool(name: &str) -> PathBuf {
    let own = std::env::current_exe().unwrap();
    // …/target/debug/deps/it-0123
    let target = own.ancestors().nth(3).expect("a test lies in deps");
    let folder = if cfg!(windows) { "Scripts" } else { "bin" };
    let path = target.join("tools/python").join(folder);
    let path = path.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(
        is_ready(target),
        "{} is not there or older than tests/interop/requirements.txt; `cargo xtask setup` makes it",
        target.join("tools/python").display()
    );
    path
}

/// Whether the environment holds what the requirements name now: it keeps a copy of them.
fn is_ready(target: &Path) -> bool {
    let read = |path: PathBuf| fs::read(path).ok();
    let installed = read(target.join("tools/python/requirements.txt"));
    installed.is_some() && installed == read(workspace().join("tests/interop/requirements.txt"))
}

/// Runs a command that has to work. Returns what it printed.
#[track_caller]
fn run(mut command: Command) -> String {
    let output = command.output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{command:?} ended with {}:\n{printed}{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    printed
}
