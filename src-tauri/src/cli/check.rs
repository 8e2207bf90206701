//! `scim-desk check`: does the store agree with itself?

use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use provisioning::check::{DataDirectory, Findings, Rebuilt};
use provisioning::clock::{Clock, SystemClock};
use provisioning::plan::render::{counted, plain};
use serde_json::json;

use super::Failure;
use super::terminal::{note, say};

/// Prove that the indexes, memberships, log and counters agree with the records. Exit code 0: they do; 1: they do not.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Mend what follows from the records, then check again.
    #[arg(long)]
    rebuild: bool,
    /// Print the findings as one JSON object.
    #[arg(long)]
    json: bool,
}

impl Check {
    pub(super) fn run(self, data_dir: &Path) -> Result<ExitCode, Failure> {
        let data = DataDirectory::open(data_dir)?;
        let found = data.check()?;
        let rebuilt = if self.rebuild && !found.is_clean() {
            Some(data.rebuild_indexes(SystemClock.now())?)
        } else {
            None
        };
        let left = rebuilt.as_ref().map_or(&found, |rebuilt| &rebuilt.left);
        if self.json {
            say(&as_json(&found, rebuilt.as_ref(), data.disk_bytes()).to_string())?;
        } else {
            tell(&found)?;
            let (disk, live) = (data.disk_bytes(), found.live_bytes);
            note(&format!(
                "The store takes {disk} bytes on the disk for {live} bytes of data."
            ));
            if let Some(rebuilt) = &rebuilt {
                say(&format!(
                    "Rebuilt what follows from the records: {} put, {} removed.",
                    rebuilt.put, rebuilt.removed
                ))?;
                if let Some(kept) = &rebuilt.kept {
                    note(&format!(
                        "What was removed or overwritten is in {}, a line for each.",
                        kept.display()
                    ));
                }
                tell(&rebuilt.left)?;
            } else if found.findings.iter().any(|finding| finding.is_mended_by_rebuild) {
                note("What follows from the records is mended by: scim-desk check --rebuild");
            }
        }
        Ok(if left.is_clean() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}

/// One line a finding, then what was looked at.
fn tell(findings: &Findings) -> Result<(), Failure> {
    for finding in &findings.findings {
        say(&plain(&finding.sentence))?;
    }
    if findings.more > 0 {
        say(&format!("And {} more.", counted(findings.more, "finding")))?;
    }
    let looked_at: Vec<String> = findings
        .looked_at
        .iter()
        .map(|(what, count)| format!("{what} {count}"))
        .collect();
    note(&format!("Looked at: {}.", looked_at.join(", ")));
    if findings.is_clean() {
        say("Everything agrees.")?;
    }
    Ok(())
}

fn as_json(found: &Findings, rebuilt: Option<&Rebuilt>, disk_bytes: u64) -> serde_json::Value {
    let one = |findings: &Findings| {
        let sentences: Vec<_> = findings
            .findings
            .iter()
            .map(|finding| json!({ "sentence": finding.sentence, "mendedByRebuild": finding.is_mended_by_rebuild }))
            .collect();
        json!({
            "clean": findings.is_clean(),
            "count": findings.count(),
            "findings": sentences,
            "lookedAt": findings.looked_at,
        })
    };
    let mut value = one(found);
    if let Some(object) = value.as_object_mut() {
        object.insert("diskBytes".to_owned(), disk_bytes.into());
        object.insert("liveBytes".to_owned(), found.live_bytes.into());
    }
    if let Some(rebuilt) = rebuilt {
        let (put, removed) = (rebuilt.put, rebuilt.removed);
        let kept = rebuilt.kept.as_ref().map(|path| path.display().to_string());
        let rebuilt = json!({ "put": put, "removed": removed, "kept": kept, "left": one(&rebuilt.left) });
        if let Some(object) = value.as_object_mut() {
            object.insert("rebuilt".to_owned(), rebuilt);
        }
    }
    value
}
