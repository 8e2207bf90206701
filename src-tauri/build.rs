//! Prepares the shell for compilation: the interface that it embeds, and Tauri's own preparation.
//!
//! Tauri embeds `ui/dist` while it compiles and refuses when that folder is missing. A fresh
//! checkout has none, and neither lints nor engine tests should need Node. So a debug build
//! without an interface embeds one page that says how to build it. A release build stops:
//! nobody should ship that page.

use std::path::{Path, PathBuf};
use std::{env, fs, io, process};

const INDEX: &str = "../ui/dist/index.html";
const HOW: &str =
    "The interface is not built. Run `npm ci` and `npm run build` in ui, or start with `cargo xtask run`.";

const PLACEHOLDER: &str = r#"<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>SCIM Desk</title>
<h1>The interface is not built</h1>
<p>Close this window and start the application with <code>cargo xtask run</code>, which builds it first.</p>
</html>
"#;

fn main() {
    if let Err(message) = prepare() {
        // A build script speaks through its standard streams and its exit code.
        println!("cargo:warning={message}");
        process::exit(1);
    }
    tauri_build::build();
}

fn prepare() -> Result<(), String> {
    println!("cargo:rerun-if-changed={INDEX}");
    println!("cargo:rerun-if-env-changed=TAURI_CONFIG");
    // The Tauri command line sets it and builds the interface itself.
    if Path::new(INDEX).is_file() || env::var_os("TAURI_CONFIG").is_some() {
        return Ok(());
    }
    if env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        return Err(HOW.to_owned());
    }
    let folder =
        write_placeholder().map_err(|error| format!("Cannot write the placeholder page: {error}"))?;
    // `generate_context!` merges this over tauri.conf.json, so the source tree stays as it is.
    println!("cargo:rustc-env=TAURI_CONFIG={}", config_for(&folder));
    println!("cargo:warning={HOW}");
    Ok(())
}

fn write_placeholder() -> io::Result<PathBuf> {
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("OUT_DIR is not set"))?;
    let folder = PathBuf::from(out).join("ui-placeholder");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("index.html"), PLACEHOLDER)?;
    Ok(folder)
}

fn config_for(folder: &Path) -> String {
    let escaped = folder
        .display()
        .to_string()
        .replace('\\', "\\\\")
        .replace('"', "\\\"");
    format!(r#"{{"build":{{"frontendDist":"{escaped}"}}}}"#)
}
