//! What nobody may find anywhere: passwords and tokens that were planted in every place where a
//! client might put one, looked for in the store, in the diagnostics, in every export, in a support
//! bundle and in a backup, of the real program.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use acceptance::{Desk, Provider};
use serde_json::json;

const PASSWORD: &str = "pl4nted-Passw0rd";
const OLD_TOKEN: &str = "Bearer is not it: scimdesk_pl4ntedTokenThatNobodyEverIssued0123456789abcd";
const FORMATS: [&str; 8] = [
    "csv",
    "csv-zip",
    "csv-single",
    "json",
    "jsonl",
    "har",
    "ecs",
    "html",
];

/// Sends what holds secrets, well and badly.
fn plant(provider: &mut Provider) {
    let user = json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
        "userName": "planted@contoso.example",
        "password": PASSWORD,
    });
    let id = provider.send("POST", "/Users", Some(&user)).expect(201).id();
    let path = format!("/Users/{id}");
    provider.patch(
        &path,
        &json!([{ "op": "replace", "path": "password", "value": PASSWORD }]),
    );
    provider.patch(
        &path,
        &json!([{ "op": "replace", "value": { "password": PASSWORD, "nickName": PASSWORD } }]),
    );
    provider.send_raw("POST", "/Users", &format!("{{\"password\":\"{PASSWORD}\""));
    provider.get(&format!("/Users?filter=password%20eq%20%22{PASSWORD}%22"));
    let right = provider.set_token(Some(OLD_TOKEN));
    provider.get("/Users");
    provider.set_token(right.as_deref());
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// The bytes of a file; of an archive, of what is in it.
fn bytes(file: &Path) -> Vec<u8> {
    let is_archive = file.extension().is_some_and(|ending| ending == "zip");
    if !is_archive {
        return fs::read(file).unwrap();
    }
    let script = "import sys, zipfile; a = zipfile.ZipFile(sys.argv[1]); sys.stdout.buffer.write(b''.join(a.read(n) for n in a.namelist()))";
    let read = Command::new("python3")
        .arg("-c")
        .arg(script)
        .arg(file)
        .output()
        .unwrap();
    assert!(read.status.success());
    read.stdout
}

#[test]
fn no_planted_secret_is_found_anywhere() {
    let desk = Desk::new();
    let token = desk.prepared();
    let serving = desk.serve();
    plant(&mut Provider::new(&serving.tenant_url, &token));
    serving.stop();
    for format in FORMATS {
        for mask in [false, true] {
            let ending = if format == "csv-zip" { "zip" } else { format };
            let out = desk.file(&format!("log-{mask}.{ending}"));
            let mut words: Vec<_> = ["logs", "export", "--format", format, "--out"]
                .map(Into::into)
                .to_vec();
            words.push(out.into_os_string());
            words.extend(mask.then(|| "--mask".into()));
            desk.done(words);
        }
    }
    let bundle = desk.file("bundle.zip");
    desk.done([
        "logs".into(),
        "bundle".into(),
        "--out".into(),
        bundle.clone().into_os_string(),
    ]);
    desk.done(["backup".into(), desk.file("backup.jsonl").into_os_string()]);
    let secret = token.trim_start_matches("scimdesk_").to_owned();
    let mut all = files(&desk.data_dir());
    all.extend(files(bundle.parent().unwrap()));
    assert!(
        all.iter().any(|file| file.ends_with("diagnostics/scim-desk.log")
            || file.to_string_lossy().contains("diagnostics"))
    );
    for file in all {
        let bytes = bytes(&file);
        for planted in [PASSWORD, "pl4ntedTokenThatNobodyEverIssued", &secret] {
            let found = bytes
                .windows(planted.len())
                .any(|window| window == planted.as_bytes());
            // The attribute that is no password is data of the directory, though not of the log.
            let is_nickname = planted == PASSWORD
                && (file.starts_with(desk.data_dir().join("store")) || file.ends_with("backup.jsonl"));
            assert!(!found || is_nickname, "{planted} is in {}", file.display());
        }
    }
}

#[test]
fn what_is_masked_names_nobody() {
    let desk = Desk::new();
    let token = desk.prepared();
    let serving = desk.serve();
    plant(&mut Provider::new(&serving.tenant_url, &token));
    serving.stop();
    let bundle = desk.file("bundle.zip");
    desk.done([
        "logs".into(),
        "bundle".into(),
        "--out".into(),
        bundle.clone().into_os_string(),
    ]);
    let text = String::from_utf8(bytes(&bundle)).unwrap();
    assert!(
        text.contains("@masked.invalid") && !text.contains("planted@"),
        "{text}"
    );
}
