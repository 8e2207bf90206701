//! Who may know whom. A crate is a layer where dependencies differ; one module is the only door
//! to a heavy dependency.

use super::source::Source;
use super::{assert_none, tree};

/// A part of the tree and the names that may not stand in its sources and its dependencies.
struct Layer {
    folder: &'static str,
    must_not_name: &'static [&'static str],
    why: &'static str,
}

const LAYERS: &[Layer] = &[
    Layer {
        folder: "src-tauri/crates/scim",
        must_not_name: &[
            "std::fs",
            "std::net",
            "std::time::SystemTime",
            "SystemTime::now",
            "Instant::now",
            "Timestamp::now",
            "Zoned::now",
            "async",
            "tokio",
            "sled",
        ],
        why: "scim is data: no IO, no async, no clock; take what is needed as a parameter",
    },
    Layer {
        folder: "src-tauri/crates/provisioning",
        must_not_name: &["axum", "tauri", "tokio", "hyper", "rfd"],
        why: "the engine knows no HTTP and no window; its callers convert",
    },
    Layer {
        folder: "src-tauri/crates/scim-server",
        must_not_name: &["tauri", "rfd", "sled"],
        why: "the server is HTTP in, engine calls, HTTP out",
    },
    Layer {
        folder: "src-tauri/crates/practice-idp",
        must_not_name: &["provisioning", "scim_server", "tauri", "axum", "sled", "rfd"],
        why: "the practice provider is a client like any other: it knows a server only over HTTP",
    },
    Layer {
        folder: "src-tauri/src",
        must_not_name: &["sled", "axum"],
        why: "the shell calls the engine and starts the server; it knows neither store nor routes",
    },
];

/// A dependency, where it may be named, and within which folder that is asked.
struct Door {
    name: &'static str,
    within: &'static str,
    only_in: &'static [&'static str],
}

const DOORS: &[Door] = &[
    Door {
        name: "sled",
        within: "src-tauri/crates/provisioning/src/",
        only_in: &[
            "src-tauri/crates/provisioning/src/store.rs",
            "src-tauri/crates/provisioning/src/store/",
        ],
    },
    Door {
        name: "rfd",
        within: "src-tauri/",
        only_in: &["src-tauri/src/dialogs.rs"],
    },
];

/// All that `scim` may depend on: tables of characters for names of all alphabets, dates, JSON.
const SCIM_DEPENDENCIES: &[&str] = &["jiff", "serde", "serde_json", "unicode-normalization"];

#[test]
fn no_layer_names_what_is_above_or_beside_it() {
    let mut findings = Vec::new();
    for layer in LAYERS {
        let folder = format!("{}/", layer.folder);
        for path in tree::product_rust_files()
            .iter()
            .filter(|path| path.starts_with(&folder))
        {
            let source = Source::without_tests(&tree::read(path));
            let named = layer
                .must_not_name
                .iter()
                .filter_map(|name| Some((name, source.line_naming(name)?)));
            findings.extend(named.map(|(name, line)| format!("{path}:{line} names `{name}`: {}", layer.why)));
        }
    }
    assert_none("Move these to the layer where they belong:", &findings);
}

#[test]
fn no_layer_depends_on_what_is_above_or_beside_it() {
    let mut findings = Vec::new();
    for layer in LAYERS {
        let path = format!("{}/Cargo.toml", layer.folder.trim_end_matches("/src"));
        let dependencies = dependencies(&tree::read(&path));
        let wrong = dependencies
            .into_iter()
            .filter(|name| layer.must_not_name.contains(&name.as_str()));
        findings.extend(wrong.map(|name| format!("{path} depends on `{name}`: {}", layer.why)));
    }
    let path = "src-tauri/crates/scim/Cargo.toml";
    let extra = dependencies(&tree::read(path))
        .into_iter()
        .filter(|name| !SCIM_DEPENDENCIES.contains(&name.as_str()));
    findings.extend(
        extra.map(|name| format!("{path} depends on `{name}`: scim has {SCIM_DEPENDENCIES:?} and no more")),
    );
    assert_none("Take these dependencies out:", &findings);
}

#[test]
fn a_heavy_dependency_has_one_door() {
    let mut findings = Vec::new();
    for Door {
        name,
        within,
        only_in,
    } in DOORS
    {
        let is_inside =
            |path: &String| path.starts_with(within) && !only_in.iter().any(|place| path.starts_with(place));
        for path in tree::product_rust_files().into_iter().filter(is_inside) {
            if let Some(line) = Source::without_tests(&tree::read(&path)).line_naming(name) {
                findings.push(format!(
                    "{path}:{line} names `{name}`; only {} may",
                    only_in.join(" and ")
                ));
            }
        }
    }
    assert_none("Call the module that is the door instead:", &findings);
}

#[test]
fn the_interface_has_one_door_to_the_shell() {
    let names_the_shell = |path: &String| {
        let text = tree::read(path);
        text.contains("\"@tauri-apps/") || text.contains("'@tauri-apps/") || text.contains("__TAURI")
    };
    let others = tree::interface_files()
        .into_iter()
        .filter(|path| path != "ui/src/api/client.ts");
    let findings: Vec<String> = others.filter(names_the_shell).collect();
    assert_none(
        "Only ui/src/api/client.ts imports @tauri-apps. Call it from these instead:",
        &findings,
    );
}

/// The names of a manifest's dependencies; those for tests alone are not among them.
fn dependencies(manifest: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut is_inside = false;
    for line in manifest.lines().map(str::trim) {
        if let Some(section) = line.strip_prefix('[') {
            let section = section.trim_end_matches(']');
            let is_list = |name: &str| name == "dependencies" || name.ends_with(".dependencies");
            is_inside = is_list(section);
            if let Some((_, name)) = section.rsplit_once('.').filter(|(list, _)| is_list(list)) {
                found.push(name.to_owned());
            }
        } else if is_inside && !line.starts_with('#') && line.contains('=') {
            found.extend(line.split(['.', ' ', '=']).next().map(str::to_owned));
        }
    }
    found
}

#[test]
fn dependencies_are_read_in_every_spelling() {
    let manifest = "
        [package]
        name = \"x\"
        [dependencies]
        # a comment = ignored
        serde.workspace = true
        csv = \"1\"
        [target.'cfg(unix)'.dependencies]
        rfd = { workspace = true }
        [dependencies.axum]
        version = \"1\"
        [dev-dependencies]
        sled.workspace = true
    ";
    assert_eq!(dependencies(manifest), ["serde", "csv", "rfd", "axum"]);
}
