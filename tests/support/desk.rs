//! SCIM Desk as its user has it: a data directory, commands, and a server to start and stop.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

/// What a command left behind.
#[derive(Debug)]
pub struct Output {
    /// Its exit code; `None` if a signal ended it.
    pub code: Option<i32>,
    /// What it printed.
    pub stdout: String,
    /// What it said beside that.
    pub stderr: String,
}

/// A data directory of its own, and the program that works on it.
#[derive(Debug)]
pub struct Desk {
    folder: TempDir,
}

impl Default for Desk {
    fn default() -> Self {
        Self::new()
    }
}

impl Desk {
    /// An empty data directory.
    pub fn new() -> Self {
        Self {
            folder: TempDir::new().unwrap(),
        }
    }

    /// Where the data are.
    pub fn data_dir(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A file for the test itself, beside the data.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A command that is not started yet, with an environment that says nothing about SCIM Desk.
    pub fn command<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> Command {
        command(&self.data_dir(), words)
    }

    /// Runs a command to its end.
    pub fn run<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> Output {
        run(&mut self.command(words))
    }

    /// Runs a command that has to work. Returns what it printed, without the last line break.
    pub fn done<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> String {
        let output = self.run(words);
        assert_eq!(output.code, Some(0), "{output:?}");
        output.stdout.trim_end().to_owned()
    }

    /// Runs a command that has to fail with this code. Returns the sentence it gives.
    pub fn refused<S: AsRef<OsStr>>(&self, code: i32, words: impl IntoIterator<Item = S>) -> String {
        let output = self.run(words);
        assert_eq!(output.code, Some(code), "{output:?}");
        assert_eq!(output.stdout, "", "what fails prints no result");
        output.stderr
    }

    /// Runs a command that has to work and prints JSON.
    pub fn json<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> Value {
        let text = self.done(words);
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error} in:\n{text}"))
    }

    /// Turns provisioning by SCIM on, with a quiet time so long that no sync runs by itself,
    /// and generates a token. Returns the token.
    pub fn prepared(&self) -> String {
        self.done([
            "settings",
            "set",
            "enabled=true",
            "service=scim",
            "quiet-seconds=3600",
        ]);
        self.done(["token", "generate"])
    }

    /// Starts the server on a free port and waits for its first line.
    pub fn serve(&self) -> Serving {
        self.start().wait()
    }

    /// Starts the server at an address of the test's choice, such as the one it had before.
    pub fn serve_at(&self, listen: &str) -> Serving {
        self.start_at(listen, &[]).wait()
    }

    /// Starts the server on a free port and does not wait for it.
    pub fn start(&self) -> Starting {
        self.start_with(&[])
    }

    /// The same with some more variables in its environment.
    pub fn start_with(&self, variables: &[(&str, &OsStr)]) -> Starting {
        self.start_at("127.0.0.1:0", variables)
    }

    fn start_at(&self, listen: &str, variables: &[(&str, &OsStr)]) -> Starting {
        let said = self.file("serve.stderr");
        let child = self
            .command(["serve", "--listen", listen])
            .envs(variables.iter().copied())
            .stdout(Stdio::piped())
            .stderr(File::create(&said).unwrap())
            .spawn()
            .unwrap();
        Starting { child, said }
    }
}

/// A server that was told to start.
#[derive(Debug)]
pub struct Starting {
    child: Child,
    said: PathBuf,
}

impl Starting {
    /// Waits for its first line.
    pub fn wait(self) -> Serving {
        let Self { mut child, said } = self;
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let url = line.strip_prefix("Tenant URL: ").map(str::trim_end);
        let tenant_url = url.unwrap_or_else(|| {
            panic!(
                "the first line is {line:?}; {}",
                std::fs::read_to_string(&said).unwrap()
            )
        });
        Serving {
            tenant_url: tenant_url.to_owned(),
            child,
            stdout,
            said,
        }
    }

    /// Kills it a moment after its start, whatever it is doing then.
    pub fn kill_after(mut self, moment: Duration) {
        std::thread::sleep(moment);
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// A command of the program on a data directory.
pub(crate) fn command<S: AsRef<OsStr>>(data_dir: &Path, words: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(crate::program());
    command
        .env_remove("SCIM_DESK_DATA_DIR")
        .env_remove("SCIM_DESK_LOG")
        .arg("--data-dir")
        .arg(data_dir)
        .args(words)
        .stdin(Stdio::null());
    command
}

fn run(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("SCIM Desk writes UTF-8");
    Output {
        code: output.status.code(),
        stdout: text(&output.stdout),
        stderr: text(&output.stderr),
    }
}

/// A server that runs. Dropped, it is killed.
#[derive(Debug)]
pub struct Serving {
    /// As it printed it; ends in `/`.
    pub tenant_url: String,
    child: Child,
    stdout: BufReader<ChildStdout>,
    said: PathBuf,
}

impl Serving {
    /// Asks the server to stop, as a service manager does, and waits until it has. Returns all
    /// that it said.
    pub fn stop(self) -> String {
        self.signalled("TERM")
    }

    /// Sends a signal that should stop the server cleanly, and waits until it has. Returns all
    /// that it said.
    pub fn signalled(mut self, signal: &str) -> String {
        // The standard library sends no signal but SIGKILL.
        let sent = Command::new("sh")
            .args(["-c", &format!("kill -{signal} {}", self.child.id())])
            .status()
            .unwrap();
        assert!(sent.success(), "no SIG{signal} was sent");
        let ended = self.child.wait().unwrap();
        let mut said = String::new();
        self.stdout.read_to_string(&mut said).unwrap();
        said.push_str(&std::fs::read_to_string(&self.said).unwrap());
        assert_eq!(ended.code(), Some(0), "after SIG{signal} it said:\n{said}");
        said
    }

    /// The process's number.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Ends the server at once, as a power cut does.
    pub fn kill(mut self) -> ExitStatus {
        self.child.kill().unwrap();
        self.child.wait().unwrap()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended already; then both fail, and that is fine.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
