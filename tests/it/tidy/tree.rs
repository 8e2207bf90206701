//! Which files the project has, as paths from its top folder with `/` between the parts.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Folders that hold products, for when git cannot be asked.
const PRODUCTS: &[&str] = &[
    ".git",
    "target",
    "ui/node_modules",
    "ui/dist",
    "src-tauri/gen",
    "tests/output",
];

/// The project's top folder.
pub(super) fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// Everything that is or would be committed, sorted.
pub(super) fn files() -> Vec<String> {
    let mut files = files_by_git().unwrap_or_else(files_by_walking);
    files.retain(|path| top().join(path).is_file());
    files.sort();
    files
}

/// All Rust files, tests among them.
pub(super) fn rust_files() -> Vec<String> {
    files()
        .into_iter()
        .filter(|path| has_extension(path, &["rs"]))
        .collect()
}

/// Rust files that are no tests and no benchmarks.
pub(super) fn product_rust_files() -> Vec<String> {
    let is_test = |path: &String| {
        let mut parts = path.split('/');
        parts.any(|part| matches!(part, "tests" | "tests.rs" | "benches" | "examples"))
    };
    rust_files().into_iter().filter(|path| !is_test(path)).collect()
}

/// The interface's own sources, tests excepted.
pub(super) fn interface_files() -> Vec<String> {
    let is_source = |path: &String| {
        path.starts_with("ui/src/") && has_extension(path, &["ts", "tsx"]) && !path.contains(".test.")
    };
    files().into_iter().filter(is_source).collect()
}

/// Whether a path ends in a dot and one of these.
pub(super) fn has_extension(path: &str, extensions: &[&str]) -> bool {
    let extension = Path::new(path)
        .extension()
        .and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| extensions.contains(&extension))
}

/// The text of a file; what is not UTF-8, such as an icon, reads as empty.
pub(super) fn read(path: &str) -> String {
    fs::read(top().join(path))
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .unwrap_or_default()
}

/// Files not yet added count too, so that a finding comes before the commit and not after.
fn files_by_git() -> Option<Vec<String>> {
    let list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let output = Command::new("git").current_dir(top()).args(list).output().ok()?;
    let text = String::from_utf8(output.stdout)
        .ok()
        .filter(|_| output.status.success())?;
    Some(text.split_terminator('\0').map(str::to_owned).collect())
}

/// For a source archive without a repository.
fn files_by_walking() -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(top().join(&folder)).unwrap().flatten() {
            let path = folder.join(entry.file_name());
            let name = path.to_str().unwrap().replace('\\', "/");
            if PRODUCTS.contains(&name.as_str()) {
                continue;
            }
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                folders.push(path);
            } else {
                found.push(name);
            }
        }
    }
    found
}

#[test]
fn walking_finds_the_sources_and_no_products() {
    let found = files_by_walking();
    assert!(
        found.iter().any(|path| path == "src-tauri/xtask/src/main.rs"),
        "{found:?}"
    );
    assert!(
        !found
            .iter()
            .any(|path| path.starts_with("target/") || path.starts_with(".git/")),
        "{found:?}"
    );
}
