//! An organisation in a folder: `organisation.json`, and beside it the people and groups, one to a
//! line, in `people.N.jsonl` and `groups.N.jsonl`, where N counts the saves.
//!
//! A save writes new files and then puts a new `organisation.json`, which names them, in the place of
//! the old one. Whenever it is cut short, the folder holds either the organisation before or the one
//! after, whole.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{Group, ObjectId, Organisation, Person};

/// The format written here.
const FORMAT: u32 = 1;
const INDEX: &str = "organisation.json";

/// Why an organisation was not saved or loaded.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// The operating system refuses.
    #[error("{} cannot be {doing}: {reason}. Check the disk and who may use the folder, then try again.", .path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// `read` or `written`.
        doing: &'static str,
        /// What the operating system said.
        reason: io::Error,
    },

    /// What is in the file does not read.
    #[error("Line {line} of {} cannot be read ({reason}). The file was left as it is; mend the line, or put a copy of the folder in its place.", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What the reader said.
        reason: String,
    },

    /// A newer version wrote it.
    #[error("{} was written by a newer SCIM Desk (format {found}; this one knows {FORMAT}). Install the newer version.", .path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// The format found.
        found: u32,
    },
}

/// What `organisation.json` holds.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Index {
    format: u32,
    /// Which people and groups belong to it.
    save: u64,
    name: String,
    assigned: BTreeSet<ObjectId>,
    purged: BTreeMap<ObjectId, Timestamp>,
}

/// The one member that every format has.
#[derive(Deserialize)]
struct Format {
    format: u32,
}

/// Saves an organisation in `folder`, which is made if need be. When this returns, it survives a
/// power cut.
pub fn save(organisation: &Organisation, folder: &Path) -> Result<(), FilesError> {
    fs::create_dir_all(folder).map_err(|reason| written(folder, reason))?;
    let earlier = saves(folder).map_err(|reason| read(folder, reason))?;
    let save = earlier
        .iter()
        .map(|(number, _)| *number)
        .max()
        .map_or(1, |last| last.saturating_add(1));
    write_lines(&folder.join(people(save)), organisation.people.values())?;
    write_lines(&folder.join(groups(save)), organisation.groups.values())?;
    sync(folder)?;
    let index = Index {
        format: FORMAT,
        save,
        name: organisation.name.clone(),
        assigned: organisation.assigned.clone(),
        purged: organisation.purged.clone(),
    };
    write_lines(&folder.join(INDEX), std::iter::once(&index))?;
    sync(folder)?;
    for (_, path) in earlier {
        // Nothing names it any more; if it stays, the next save tries again.
        let _ = fs::remove_file(path);
    }
    Ok(())
}

/// Loads the organisation in `folder`; `None` if there is none.
pub fn load(folder: &Path) -> Result<Option<Organisation>, FilesError> {
    let path = folder.join(INDEX);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(reason) if reason.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(reason) => {
            return Err(FilesError::File {
                path,
                doing: "read",
                reason,
            });
        }
    };
    let Format { format } = parse(&path, 1, &bytes)?;
    if format > FORMAT {
        return Err(FilesError::Newer { path, found: format });
    }
    let index: Index = parse(&path, 1, &bytes)?;
    Ok(Some(Organisation {
        name: index.name,
        people: read_lines(&folder.join(people(index.save)), |person: &Person| &person.id)?,
        groups: read_lines(&folder.join(groups(index.save)), |group: &Group| &group.id)?,
        assigned: index.assigned,
        purged: index.purged,
    }))
}

fn people(save: u64) -> String {
    format!("people.{save}.jsonl")
}

fn groups(save: u64) -> String {
    format!("groups.{save}.jsonl")
}

/// The files of all saves in a folder, finished or not, each with its number.
fn saves(folder: &Path) -> io::Result<Vec<(u64, PathBuf)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        let number = name
            .strip_prefix("people.")
            .or_else(|| name.strip_prefix("groups."))
            .and_then(|rest| rest.strip_suffix(".jsonl"))
            .and_then(|number| number.parse().ok());
        if let Some(number) = number {
            found.push((number, path));
        }
    }
    Ok(found)
}

fn write_lines<T: Serialize>(path: &Path, rows: impl Iterator<Item = T>) -> Result<(), FilesError> {
    let refused = |reason| written(path, reason);
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    let file = tempfile::NamedTempFile::new_in(folder).map_err(refused)?;
    let mut writer = BufWriter::new(file.as_file());
    for row in rows {
        serde_json::to_writer(&mut writer, &row).map_err(|error| refused(error.into()))?;
        writer.write_all(b"\n").map_err(refused)?;
    }
    writer.flush().map_err(refused)?;
    drop(writer);
    file.as_file().sync_all().map_err(refused)?;
    file.persist(path).map_err(|error| refused(error.error))?;
    Ok(())
}

fn read_lines<T: DeserializeOwned>(
    path: &Path,
    id: impl Fn(&T) -> &ObjectId,
) -> Result<BTreeMap<ObjectId, T>, FilesError> {
    let refused = |reason| read(path, reason);
    let mut reader = BufReader::new(File::open(path).map_err(refused)?);
    let (mut found, mut line, mut bytes) = (BTreeMap::new(), 0, Vec::new());
    while reader.read_until(b'\n', &mut bytes).map_err(refused)? > 0 {
        line += 1;
        let row: T = parse(path, line, &bytes)?;
        let id = id(&row).clone();
        if found.contains_key(&id) {
            let reason = format!("the object id {id} was there before");
            return Err(damaged(path, line, reason));
        }
        found.insert(id, row);
        bytes.clear();
    }
    Ok(found)
}

fn parse<T: DeserializeOwned>(path: &Path, line: usize, bytes: &[u8]) -> Result<T, FilesError> {
    serde_json::from_slice(bytes).map_err(|error| {
        let within = error.line().saturating_sub(1);
        damaged(path, line + within, error.to_string())
    })
}

fn damaged(path: &Path, line: usize, reason: String) -> FilesError {
    FilesError::Damaged {
        path: path.to_owned(),
        line,
        reason,
    }
}

fn read(path: &Path, reason: io::Error) -> FilesError {
    FilesError::File {
        path: path.to_owned(),
        doing: "read",
        reason,
    }
}

fn written(path: &Path, reason: io::Error) -> FilesError {
    FilesError::File {
        path: path.to_owned(),
        doing: "written",
        reason,
    }
}

/// Makes the names in a folder survive a power cut; where folders cannot be opened, the system does.
fn sync(folder: &Path) -> Result<(), FilesError> {
    if cfg!(unix) {
        let synced = File::open(folder).and_then(|folder| folder.sync_all());
        synced.map_err(|reason| written(folder, reason))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organisation::tests::{Office, at};

    #[test]
    fn what_is_saved_is_loaded() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("contoso");
        assert_eq!(load(&folder).unwrap(), None);
        let mut office = Office::new();
        let leaver = office.hire("zoë");
        office.org.delete(&leaver, at(1)).unwrap();
        office.org.delete_permanently(&leaver, at(2)).unwrap();
        save(&office.org, &folder).unwrap();
        assert_eq!(load(&folder).unwrap().as_ref(), Some(&office.org));
        office.hire("lynne");
        save(&office.org, &folder).unwrap();
        assert_eq!(load(&folder).unwrap().as_ref(), Some(&office.org));
        let count = fs::read_dir(&folder).unwrap().count();
        assert_eq!(count, 3, "the files of the save before are gone");
    }

    #[test]
    fn a_save_that_was_cut_short_changes_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let mut office = Office::new();
        save(&office.org, dir.path()).unwrap();
        fs::write(dir.path().join("people.2.jsonl"), "{\"half").unwrap();
        assert_eq!(load(dir.path()).unwrap().as_ref(), Some(&office.org));
        office.hire("lynne");
        save(&office.org, dir.path()).unwrap();
        assert_eq!(load(dir.path()).unwrap().as_ref(), Some(&office.org));
        assert!(!dir.path().join("people.2.jsonl").exists());
    }

    #[test]
    fn a_damaged_line_is_named() {
        let dir = tempfile::tempdir().unwrap();
        save(&Office::new().org, dir.path()).unwrap();
        let path = dir.path().join("people.1.jsonl");
        let good = fs::read_to_string(&path).unwrap();
        let mut lines: Vec<&str> = good.lines().collect();
        for (bad, said) in [("{\"id\": 3}", "Line 2 of"), (lines[0], "was there before")] {
            let kept = lines[1];
            lines[1] = bad;
            fs::write(&path, lines.join("\n")).unwrap();
            lines[1] = kept;
            let error = load(dir.path()).unwrap_err().to_string();
            assert!(
                error.contains("people.1.jsonl") && error.contains(said),
                "{error}"
            );
        }
        fs::remove_file(&path).unwrap();
        let error = load(dir.path()).unwrap_err().to_string();
        assert!(error.contains("people.1.jsonl cannot be read"), "{error}");
    }

    #[test]
    fn a_newer_format_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join(INDEX), "{\"format\": 2, \"else\": []}").unwrap();
        let error = load(dir.path()).unwrap_err().to_string();
        assert!(error.contains("newer SCIM Desk (format 2"), "{error}");
    }
}
