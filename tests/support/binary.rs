//! The real program, built once for each test run.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The program under test. `cargo test` builds no other package's binary, so the first caller
/// builds it, with the options that `cargo build` at the top would use: nothing is rebuilt. The
/// variable `SCIM_DESK_PROGRAM` names another one, for a long run beside other work.
pub fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| std::env::var_os("SCIM_DESK_PROGRAM").map_or_else(build, PathBuf::from))
}

/// The top of the workspace.
pub fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the tests are a folder of the workspace")
}

fn build() -> PathBuf {
    // …/target/debug/deps/it-0123: two up is the profile's folder, three up the target's.
    let test = std::env::current_exe().unwrap();
    let profile = test.parent().and_then(Path::parent).expect("a test is in deps");
    let target = profile.parent().expect("a profile is in target");
    let mut build = Command::new(env!("CARGO"));
    build.args(["build", "--workspace", "--bins", "--locked", "--quiet"]);
    build.arg("--target-dir").arg(target).current_dir(workspace());
    match profile.file_name().and_then(|name| name.to_str()) {
        Some("debug") | None => {}
        Some(name) => {
            build.args(["--profile", name]);
        }
    }
    let output = build.output().unwrap();
    assert!(
        output.status.success(),
        "the program does not build:\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    profile.join(format!("scim-desk{}", std::env::consts::EXE_SUFFIX))
}
