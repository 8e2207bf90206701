//! The tools that are not system packages: Node with npm, and two parts of the Rust toolchain.

use std::process::Command;

use crate::process::{cargo, output, run_twice, script, succeeds};

/// The oldest Node that the interface's build accepts, as major and minor version.
const OLDEST_NODE: (u32, u32) = (20, 19);

/// Makes sure that Node and npm are there and new enough.
pub(crate) fn ensure_node() -> Result<(), String> {
    let version = output("node", &["--version"]).unwrap_or_default();
    judge_node(version.trim())?;
    if output(&script("npm"), &["--version"]).is_some() {
        return Ok(());
    }
    Err(
        "Node is there but npm is not. Install npm, or Node from https://nodejs.org, which brings it."
            .to_owned(),
    )
}

fn judge_node(version: &str) -> Result<(), String> {
    let (major, minor) = OLDEST_NODE;
    let cure = format!("Install Node {major}.{minor} or newer from https://nodejs.org.");
    match node_version(version) {
        None => Err(format!(
            "The interface is built with Node, and it was not found. {cure}"
        )),
        Some(found) if found < OLDEST_NODE => Err(format!("Node {version} is too old. {cure}")),
        Some(_) => Ok(()),
    }
}

/// Major and minor version out of a text like `v20.20.2`.
fn node_version(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text
        .strip_prefix('v')?
        .split('.')
        .map_while(|part| part.parse().ok());
    Some((numbers.next()?, numbers.next()?))
}

/// Makes sure that rustfmt and Clippy are there; a minimal toolchain comes without them.
pub(crate) fn ensure_rust_components() -> Result<(), String> {
    let is_there = |tool: &str| succeeds(&mut cargo(&[tool, "--version"]));
    if is_there("fmt") && is_there("clippy") {
        return Ok(());
    }
    run_twice(|| {
        let mut command = Command::new("rustup");
        command.args(["component", "add", "rustfmt", "clippy"]);
        command
    })
}

#[cfg(test)]
mod tests {
    use super::{judge_node, node_version};

    #[test]
    fn a_version_is_read_as_node_prints_it() {
        assert_eq!(node_version("v20.20.2"), Some((20, 20)));
        assert_eq!(node_version("v24.0.0-nightly"), Some((24, 0)));
        assert_eq!(node_version(""), None);
        assert_eq!(node_version("20"), None);
    }

    #[test]
    fn an_old_or_missing_node_is_refused_with_what_to_do() {
        assert_eq!(judge_node("v20.19.0"), Ok(()));
        assert_eq!(judge_node("v22.1.0"), Ok(()));
        let old = judge_node("v18.19.1").unwrap_err();
        assert_eq!(
            old,
            "Node v18.19.1 is too old. Install Node 20.19 or newer from https://nodejs.org."
        );
        assert!(judge_node("").unwrap_err().contains("was not found"));
    }
}
