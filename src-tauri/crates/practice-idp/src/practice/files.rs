//! The folder: a lock, and files that are written beside and put in place.
//!
//! `configuration.json`, `secrets.json` (for its owner alone), `mapping.json` in Graph's shape,
//! `clock.json`, `job.json`, `links.jsonl` (a link a line), `log.jsonl`, `mails.json`, and the
//! organisation's own files in `organisation`.

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::cycle::Link;
use crate::organisation::ObjectId;

/// Why a file of the folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// Somebody else uses it.
    #[error("The practice identity provider in {} is in use by another process. Close that one first.", .0.display())]
    InUse(PathBuf),
    /// The operating system refuses.
    #[error("{} cannot be {doing}: {reason}. Check the disk and who may use the folder.", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// `read` or `written`.
        doing: &'static str,
        /// What the operating system said.
        reason: io::Error,
    },
    /// What is in it does not read.
    #[error("{} cannot be read ({reason}). It was left as it is; mend it, or move it away to begin anew.", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What the reader said.
        reason: String,
    },
}

/// A folder that nobody else uses while this lives.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    /// Held open for its lock.
    _lock: File,
}

impl Folder {
    /// Opens the folder, which is made if need be.
    pub(super) fn open(path: &Path) -> Result<Self, FolderError> {
        let lock_path = path.join("lock");
        let refused = |reason| written(&lock_path, reason);
        fs::create_dir_all(path).map_err(refused)?;
        let lock = File::options()
            .create(true)
            .append(true)
            .open(&lock_path)
            .map_err(refused)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(FolderError::InUse(path.to_owned())),
            Err(TryLockError::Error(reason)) => return Err(refused(reason)),
        }
        Ok(Self {
            path: path.to_owned(),
            _lock: lock,
        })
    }

    /// A file's place.
    pub(super) fn place(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// The text of a file; none if it is not there.
    pub(super) fn text(&self, name: &str) -> Result<Option<String>, FolderError> {
        let path = self.place(name);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(reason) => Err(read(&path, reason)),
        }
    }

    /// What a file of JSON holds; none if it is not there.
    pub(super) fn json<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, FolderError> {
        let Some(text) = self.text(name)? else {
            return Ok(None);
        };
        let read = serde_json::from_str(&text);
        read.map(Some)
            .map_err(|error| damaged(&self.place(name), &error.to_string()))
    }

    /// Puts JSON into a file.
    pub(super) fn put<T: Serialize>(&self, name: &str, value: &T) -> Result<(), FolderError> {
        self.write(name, |out| {
            serde_json::to_writer_pretty(&mut *out, value)?;
            out.write_all(b"\n")
        })
    }

    /// Takes a file away.
    pub(super) fn remove(&self, name: &str) -> Result<(), FolderError> {
        let path = self.place(name);
        match fs::remove_file(&path) {
            Err(reason) if reason.kind() != io::ErrorKind::NotFound => Err(written(&path, reason)),
            _ => Ok(()),
        }
    }

    /// Writes a file beside and puts it in place, so that it is whole whatever happens. Only its
    /// owner can read it, as the system makes all temporary files.
    fn write(
        &self,
        name: &str,
        fill: impl FnOnce(&mut BufWriter<&File>) -> io::Result<()>,
    ) -> Result<(), FolderError> {
        let path = self.place(name);
        let filled = tempfile::NamedTempFile::new_in(&self.path).and_then(|beside| {
            let mut out = BufWriter::new(beside.as_file());
            fill(&mut out)?;
            out.flush()?;
            drop(out);
            beside.as_file().sync_all()?;
            beside.persist(&path).map_err(|error| error.error)
        });
        filled.map(drop).map_err(|reason| written(&path, reason))
    }

    /// Writes the links, one a line.
    pub(super) fn put_links(&self, links: &BTreeMap<ObjectId, Link>) -> Result<(), FolderError> {
        self.write(LINKS, |out| {
            for (id, link) in links {
                serde_json::to_writer(
                    &mut *out,
                    &Line {
                        id: id.clone(),
                        link: link.clone(),
                    },
                )?;
                out.write_all(b"\n")?;
            }
            Ok(())
        })
    }

    /// Reads the links.
    pub(super) fn links(&self) -> Result<BTreeMap<ObjectId, Link>, FolderError> {
        let path = self.place(LINKS);
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
            Err(reason) => return Err(read(&path, reason)),
        };
        let mut links = BTreeMap::new();
        for (number, line) in BufReader::new(file).lines().enumerate() {
            let line = line.map_err(|reason| read(&path, reason))?;
            let line: Line = serde_json::from_str(&line)
                .map_err(|error| damaged(&path, &format!("line {}: {error}", number + 1)))?;
            links.insert(line.id, line.link);
        }
        Ok(links)
    }
}

const LINKS: &str = "links.jsonl";

#[derive(Serialize, Deserialize)]
struct Line {
    id: ObjectId,
    #[serde(flatten)]
    link: Link,
}

fn read(path: &Path, reason: io::Error) -> FolderError {
    FolderError::File {
        path: path.to_owned(),
        doing: "read",
        reason,
    }
}

fn written(path: &Path, reason: io::Error) -> FolderError {
    FolderError::File {
        path: path.to_owned(),
        doing: "written",
        reason,
    }
}

pub(super) fn damaged(path: &Path, reason: &str) -> FolderError {
    FolderError::Damaged {
        path: path.to_owned(),
        reason: reason.to_owned(),
    }
}
