//! Does the store agree with itself? Every index is held against the records it leads to and
//! every record against its indexes, and whatever is amiss becomes a sentence. What can be known
//! from the records alone is mended by a rebuild: the same walk, with the changes kept.
//!
//! The records are the truth: users, groups, members (as they stand under their group), accounts,
//! syncs and log events. A rebuild never changes one of them; it only moves what leads to them, and
//! removes memberships of what does not exist. What leads to a record that cannot be read is kept,
//! and whatever is removed or overwritten is first written to a file beside the store.

mod console;
mod directory;
mod history;
mod look;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::backup::{self, stamp};
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::files::{failed, size_of, write_whole};
use crate::store::{FORMAT, Key, Space, Store};
use look::Look;

/// Sentences kept at most; a lost index has one cause, not a hundred thousand.
const KEPT: usize = 1_000;

/// One thing that is amiss.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is, why that is wrong.
    pub sentence: String,
    /// Whether [`DataDirectory::rebuild_indexes`] mends it.
    pub is_mended_by_rebuild: bool,
}

/// What a check has come to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    /// What was looked at, and how many of it there are.
    pub looked_at: BTreeMap<&'static str, u64>,
    /// What is amiss, the first thousand.
    pub findings: Vec<Finding>,
    /// Findings beyond those.
    pub more: u64,
    /// Bytes of the keys and values that were looked at: what the store has to keep.
    pub live_bytes: u64,
}

impl Findings {
    /// Whether nothing is amiss.
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }

    /// How many things are amiss.
    pub fn count(&self) -> u64 {
        self.findings.len() as u64 + self.more
    }

    fn add(&mut self, sentence: String, is_mended_by_rebuild: bool) {
        if self.findings.len() == KEPT {
            self.more += 1;
            return;
        }
        self.findings.push(Finding {
            sentence,
            is_mended_by_rebuild,
        });
    }
}

/// What a rebuild did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rebuilt {
    /// Entries that were missing or led elsewhere, and lead where they should now.
    pub put: u64,
    /// Entries that led nowhere, and are gone.
    pub removed: u64,
    /// The file that holds what was removed or overwritten, if anything was: a line of a backup
    /// for each.
    pub kept: Option<PathBuf>,
    /// What is still amiss.
    pub left: Findings,
}

/// A data directory that is looked at and not worked in: nothing is brought up to date, no sync
/// is closed and nothing is pruned, so that a damaged one can be examined as it is.
pub struct DataDirectory {
    dir: PathBuf,
    pub(crate) store: Store,
}

impl DataDirectory {
    /// Opens a data directory that is there. Fails as [`Error::NoData`], [`Error::InUse`],
    /// [`Error::NotWritable`] or [`Error::Newer`].
    pub fn open(dir: &Path) -> Result<Self> {
        if !Store::is_in(dir) {
            return Err(Error::NoData(dir.to_owned()));
        }
        Ok(Self {
            store: Store::open_damaged(dir)?,
            dir: dir.to_owned(),
        })
    }

    /// Where the data are.
    pub fn path(&self) -> &Path {
        &self.dir
    }

    /// The bytes that its files take on the disk.
    pub fn disk_bytes(&self) -> u64 {
        size_of(&self.dir.join("store"))
    }

    /// Holds everything against everything else. Takes a second for each hundred thousand people.
    pub fn check(&self) -> Result<Findings> {
        check(&self.store)
    }

    /// Makes what leads to the records as the records have it, all of it in one turn, and checks
    /// again. Fails with [`Error::File`], having changed nothing, if what is to be removed cannot
    /// be written beside the store first.
    pub fn rebuild_indexes(&self, at: Timestamp) -> Result<Rebuilt> {
        let (put, removed, kept) = self.store.write(|turn| {
            let mut look = Look::new(turn);
            examine(&mut look)?;
            let kept = self.keep(&look.taken, at)?;
            Ok((look.put, look.removed, kept))
        })?;
        self.store.settle()?;
        Ok(Rebuilt {
            put,
            removed,
            kept,
            left: check(&self.store)?,
        })
    }

    /// Writes what a rebuild takes away to a file. Returns where, if it is anything.
    fn keep(&self, taken: &[(Key, Vec<u8>)], at: Timestamp) -> Result<Option<PathBuf>> {
        if taken.is_empty() {
            return Ok(None);
        }
        let path = self.dir.join(format!("removed-by-rebuild-{}.jsonl", stamp(at)));
        write_whole(&path, |out| {
            for (key, value) in taken {
                let rest = key.bytes().get(1..).unwrap_or_default();
                let mut line = backup::record(key.space(), rest, value)?;
                line.push(b'\n');
                out.write_all(&line).map_err(failed(&path))?;
            }
            Ok(taken.len() as u64)
        })?;
        Ok(Some(path))
    }
}

impl Engine {
    /// [`DataDirectory::check`] of the open directory. Writers wait meanwhile.
    pub fn check(&self) -> Result<Findings> {
        check(&self.store)
    }
}

fn check(store: &Store) -> Result<Findings> {
    store.look(|turn| {
        let mut look = Look::new(turn);
        examine(&mut look)?;
        Ok(look.findings)
    })
}

fn examine(look: &mut Look<'_, '_>) -> Result<()> {
    let format = look.turn.before().format();
    if let Err(error) = &format {
        look.find(format!("Nobody can say which format the data have. {error}"));
    }
    if let Some(format) = format.ok().filter(|format| *format < FORMAT) {
        look.findings.add(
            format!(
                "The data have format {format}, which this version brings up to date (format {FORMAT}) when it next starts. Run any other command once, then check again."
            ),
            false,
        );
        return Ok(());
    }
    look.unknown_keys()?;
    for (kind, name) in [
        (crate::directory::Kind::User, "users"),
        (crate::directory::Kind::Group, "groups"),
    ] {
        directory::records(look, kind, name)?;
        directory::names(look, kind)?;
    }
    directory::entries(look)?;
    directory::members(look)?;
    directory::memberships(look)?;
    console::accounts(look)?;
    console::groups(look)?;
    console::kept(look)?;
    history::log(look)?;
    history::syncs(look)?;
    history::single_records(look)
}

/// Every space there is; what lies outside them nobody reads.
pub(crate) const SPACES: [Space; 23] = [
    Space::Meta,
    Space::Settings,
    Space::Token,
    Space::User,
    Space::UserName,
    Space::UserExternal,
    Space::UserEmail,
    Space::UserManager,
    Space::Group,
    Space::GroupName,
    Space::GroupExternal,
    Space::Member,
    Space::Membership,
    Space::Account,
    Space::ConsoleGroup,
    Space::ConsoleMember,
    Space::Run,
    Space::ReportRow,
    Space::Event,
    Space::Link,
    Space::Hold,
    Space::Exempt,
    Space::Before,
];

#[cfg(test)]
mod tests;
