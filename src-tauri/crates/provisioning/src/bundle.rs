//! What is given to whoever helps: settings, versions, what a check says, the newest events and
//! diagnostics, without personal data and without secrets. It is shown before it is saved.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::engine::Engine;
use crate::error::Result;
use crate::files::{Staged, failed};
use crate::journal::Query;
use crate::journal::export::unwatched;
use crate::plan::render::counted;

/// Events in a bundle at most, the newest.
const EVENTS: usize = 2_000;

/// Bytes of the diagnostics at most, the newest.
const DIAGNOSTICS: usize = 512 * 1024;

/// One file of a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its name.
    pub name: &'static str,
    /// What it is for, as a sentence.
    pub purpose: &'static str,
    /// All of it.
    pub text: String,
}

impl Engine {
    /// The files of a support bundle. `versions` are lines about the program and the system;
    /// `diagnostics` is the folder with the diagnostics log, if there is one. A check is made,
    /// during which writers wait.
    pub fn support_bundle(&self, versions: &str, diagnostics: Option<&Path>) -> Result<Vec<Part>> {
        let mask = self.journal().mask()?;
        Ok(vec![
            part(
                "versions.txt",
                "The version of SCIM Desk and of the system.",
                versions.to_owned(),
            ),
            part("settings.txt", "The provisioning settings.", self.settings_text()),
            part(
                "check.txt",
                "What a check of the data and of the log's chain found.",
                mask.text(&self.check_text()?),
            ),
            part(
                "events.jsonl",
                "The newest events of the log, with pseudonyms instead of personal data.",
                self.masked_events()?,
            ),
            part(
                "diagnostics.log",
                "The newest lines of the application's own log.",
                mask.text(&newest_lines(diagnostics)),
            ),
        ])
    }

    fn settings_text(&self) -> String {
        let mut text = String::new();
        for (key, _, value) in self.settings().rows() {
            let _ = writeln!(text, "{key}={value}");
        }
        text
    }

    fn check_text(&self) -> Result<String> {
        let mut text = String::new();
        let findings = self.check()?;
        for (what, count) in &findings.looked_at {
            let _ = writeln!(text, "{what}: {count}");
        }
        for finding in &findings.findings {
            let _ = writeln!(text, "- {}", finding.sentence);
        }
        let _ = writeln!(text, "The data agree with themselves: {}", findings.is_clean());
        let chain = self.journal().verify(None, &mut unwatched)?;
        for finding in &chain.findings {
            let _ = writeln!(text, "- {finding}");
        }
        let events = counted(chain.events, "event");
        let _ = writeln!(text, "The log is whole: {} ({events} compared)", chain.is_whole());
        Ok(text)
    }

    fn masked_events(&self) -> Result<String> {
        let journal = self.journal();
        let mask = journal.mask()?;
        let (query, mut text) = (Query::default(), String::new());
        for event in journal.matching(&query).take(EVENTS) {
            let masked = mask.event(&event?);
            let line = serde_json::to_string(&masked);
            let _ = writeln!(text, "{}", line.unwrap_or_default());
        }
        Ok(text)
    }
}

fn part(name: &'static str, purpose: &'static str, text: String) -> Part {
    Part { name, purpose, text }
}

/// The end of the newest files of a folder, whose names sort by age.
fn newest_lines(folder: Option<&Path>) -> String {
    let entries = folder
        .and_then(|folder| fs::read_dir(folder).ok())
        .into_iter()
        .flatten();
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.sort();
    let mut text = String::new();
    for file in files.iter().rev() {
        // A file that cannot be read is one less to help with.
        let more = fs::read(file).unwrap_or_default();
        text.insert_str(0, &String::from_utf8_lossy(&more));
        if text.len() >= DIAGNOSTICS {
            break;
        }
    }
    let begin = text.len().saturating_sub(DIAGNOSTICS);
    let begin = (begin..text.len())
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or_default();
    text.split_off(begin)
}

/// Writes a bundle to `path` as one archive, whole or not at all.
pub fn write(parts: &[Part], path: &Path) -> Result<PathBuf> {
    let refused = |error: zip::result::ZipError| failed(path)(error.into());
    let mut archive = ZipWriter::new(Staged::beside(path)?);
    for part in parts {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        archive.start_file(part.name, options).map_err(refused)?;
        archive.write_all(part.text.as_bytes()).map_err(failed(path))?;
    }
    archive.finish().map_err(refused)?.keep()
}
