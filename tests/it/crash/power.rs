//! A power cut: the server runs with `shim.c` between it and the system, which writes down what
//! happens to its files. After SIGKILL what was not synced is taken back, all of it or some.
//!
//! What counts as synced: a file's content with fsync or fdatasync of the file. Names (made,
//! renamed, removed) either as the journaling file systems keep them, with the next sync of any
//! file ([`Names::WithAnySync`]: ext4, XFS, Btrfs), or only as POSIX promises them, with a sync
//! of their folder ([`Names::WithFolder`]).

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use acceptance::{Chance, Desk, Starting};

/// When the name of a file is on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    /// With the next sync of any file.
    WithAnySync,
    /// With a sync of the folder.
    WithFolder,
}

/// What becomes of what was not synced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unsynced {
    /// All of it is lost.
    Lost,
    /// What was written up to some moment is there, and some pages of what was written then: a
    /// disk that keeps the order.
    InOrder,
    /// Some of it is there, page by page, in any order.
    Some,
}

/// The journal of one run.
pub(super) struct Power {
    shim: PathBuf,
    folder: PathBuf,
    journal: PathBuf,
    graves: PathBuf,
}

/// Bytes that a disk writes whole.
const PAGE: usize = 4_096;
const MAGIC: u32 = 0x4355_5421;
/// Bytes of a record's head.
const HEAD: usize = 64;

impl Power {
    /// For this data directory. Compiles the shim.
    pub(super) fn of(desk: &Desk) -> Self {
        let shim = desk.file("shim.so");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("it/crash/shim.c");
        let mut compiler = Command::new("cc");
        compiler
            .args(["-O1", "-Wall", "-Werror", "-shared", "-fPIC", "-o"])
            .arg(&shim)
            .arg(source);
        let output = compiler.output().expect("there is a C compiler");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        Self {
            shim,
            folder: desk.data_dir(),
            journal: desk.file("cut.journal"),
            graves: desk.file("cut.graves"),
        }
    }

    /// Starts the server with the shim. `deaf` are the calls that do nothing, for a control.
    pub(super) fn start(&self, desk: &Desk, deaf: Option<&str>) -> Starting {
        let _ = fs::remove_file(&self.journal);
        let _ = fs::remove_dir_all(&self.graves);
        fs::create_dir(&self.graves).unwrap();
        let mut variables: Vec<(&str, &OsStr)> = vec![
            ("LD_PRELOAD", self.shim.as_os_str()),
            ("CUT_FOLDER", self.folder.as_os_str()),
            ("CUT_JOURNAL", self.journal.as_os_str()),
            ("CUT_GRAVES", self.graves.as_os_str()),
        ];
        variables.extend(deaf.map(|calls| ("CUT_DEAF", OsStr::new(calls))));
        desk.start_with(&variables)
    }

    /// After the process is gone: takes back what was not synced. Returns how many writes were
    /// lost, wholly or in part.
    pub(super) fn cut(&self, names: Names, unsynced: Unsynced, chance: &mut Chance) -> usize {
        let records = read(&fs::read(&self.journal).unwrap());
        let mut disk = Disk::of(&self.folder, &self.graves);
        let synced = Synced::of(&records, names);
        let mut later = Vec::new();
        for record in records.iter().rev() {
            later.push(disk.undo(record));
        }
        // Names are lost from some moment on, in any case.
        let moment = match unsynced {
            Unsynced::Lost => 0,
            Unsynced::InOrder | Unsynced::Some => {
                let held = |(place, record): (usize, &Record)| synced.holds(place, record);
                let first = records.iter().enumerate().take_while(|one| held(*one)).count();
                first + chance.below(records.len() - first + 1)
            }
        };
        let mut lost = 0;
        for (place, record) in records.iter().enumerate() {
            let data = later.pop().unwrap_or_default();
            let is_in_time = place < moment && (record.is_name() || unsynced == Unsynced::InOrder);
            if synced.holds(place, record) || is_in_time {
                disk.redo(record, &data);
            } else if record.is_content() {
                lost += 1;
                if unsynced == Unsynced::Some || (unsynced == Unsynced::InOrder && place == moment) {
                    disk.redo_some(record, &data, chance);
                }
            }
        }
        disk.write(&self.folder);
        lost
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Write,
    Resize,
    Sync,
    Create,
    Unlink,
    Rename,
    MakeFolder,
    RemoveFolder,
}

/// One thing that was done.
#[derive(Debug)]
struct Record {
    kind: Kind,
    inode: u64,
    replaced: u64,
    offset: usize,
    length: usize,
    size: usize,
    old: Vec<u8>,
    name: PathBuf,
    to: PathBuf,
}

impl Record {
    fn is_name(&self) -> bool {
        !self.is_content() && self.kind != Kind::Sync
    }

    fn is_content(&self) -> bool {
        matches!(self.kind, Kind::Write | Kind::Resize)
    }
}

/// The records of a journal; one that was not written to its end was not acted on.
fn read(bytes: &[u8]) -> Vec<Record> {
    let mut records = Vec::new();
    let mut rest = bytes;
    while let Some(head) = rest.get(..HEAD) {
        let short = |at: usize| u32::from_le_bytes(head[at..at + 4].try_into().unwrap());
        let long = |at: usize| u64::from_le_bytes(head[at..at + 8].try_into().unwrap());
        let number = |at: usize| usize::try_from(long(at)).unwrap();
        assert_eq!(short(0), MAGIC, "the journal is one of the shim");
        let lengths = [48, 52, 56].map(|at| usize::try_from(short(at)).unwrap());
        let mut parts = Vec::new();
        let mut body = &rest[HEAD..];
        for length in lengths {
            let Some((part, after)) = body.split_at_checked(length) else {
                return records;
            };
            parts.push(part.to_vec());
            body = after;
        }
        let [old, name, to]: [Vec<u8>; 3] = parts.try_into().unwrap();
        let kind = match short(4) {
            1 => Kind::Write,
            2 => Kind::Resize,
            3 => Kind::Sync,
            4 => Kind::Create,
            5 => Kind::Unlink,
            6 => Kind::Rename,
            7 => Kind::MakeFolder,
            8 => Kind::RemoveFolder,
            other => panic!("{other} is no kind of record"),
        };
        records.push(Record {
            kind,
            inode: long(8),
            replaced: long(16),
            offset: number(24),
            length: number(32),
            size: number(40),
            old,
            name: OsString::from_vec(name).into(),
            to: OsString::from_vec(to).into(),
        });
        rest = body;
    }
    records
}

/// Up to which record things are on the disk.
struct Synced {
    /// By inode of the file.
    contents: BTreeMap<u64, usize>,
    /// By path of the folder.
    folders: BTreeMap<PathBuf, usize>,
    /// For all names, where one sync is as good as another.
    names: usize,
}

impl Synced {
    fn of(records: &[Record], names: Names) -> Self {
        let mut synced = Self {
            contents: BTreeMap::new(),
            folders: BTreeMap::new(),
            names: 0,
        };
        let folders: BTreeMap<u64, PathBuf> = match names {
            Names::WithAnySync => BTreeMap::new(),
            Names::WithFolder => folders_of(records),
        };
        for (place, record) in records
            .iter()
            .enumerate()
            .filter(|(_, one)| one.kind == Kind::Sync)
        {
            synced.contents.insert(record.inode, place);
            if names == Names::WithAnySync {
                synced.names = place;
            }
            if let Some(folder) = folders.get(&record.inode) {
                synced.folders.insert(folder.clone(), place);
            }
        }
        synced
    }

    fn holds(&self, place: usize, record: &Record) -> bool {
        if record.is_content() {
            return self.contents.get(&record.inode).is_some_and(|to| place < *to);
        }
        let is_held = |path: &Path| {
            let folder = path.parent().and_then(|folder| self.folders.get(folder));
            place < self.names || folder.is_some_and(|to| place < *to)
        };
        record.kind == Kind::Sync || is_held(&record.name)
    }
}

/// The folders that the records name something in, by inode.
fn folders_of(records: &[Record]) -> BTreeMap<u64, PathBuf> {
    let named = records.iter().filter(|record| record.is_name());
    let folders: BTreeSet<&Path> = named.filter_map(|record| record.name.parent()).collect();
    let inode = |folder: &Path| Some((fs::metadata(folder).ok()?.ino(), folder.to_owned()));
    folders.into_iter().filter_map(inode).collect()
}

/// Files and folders in memory.
struct Disk {
    contents: BTreeMap<u64, Vec<u8>>,
    names: BTreeMap<PathBuf, u64>,
    folders: BTreeSet<PathBuf>,
}

impl Disk {
    fn of(folder: &Path, graves: &Path) -> Self {
        let mut disk = Self {
            contents: BTreeMap::new(),
            names: BTreeMap::new(),
            folders: BTreeSet::new(),
        };
        disk.load(folder);
        for entry in fs::read_dir(graves).unwrap().flatten() {
            let inode = entry.metadata().unwrap().ino();
            disk.contents
                .entry(inode)
                .or_insert_with(|| fs::read(entry.path()).unwrap());
        }
        disk
    }

    fn load(&mut self, folder: &Path) {
        self.folders.insert(folder.to_owned());
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let (path, found) = (entry.path(), entry.metadata().unwrap());
            if found.is_dir() {
                self.load(&path);
            } else {
                self.contents.insert(found.ino(), fs::read(&path).unwrap());
                self.names.insert(path, found.ino());
            }
        }
    }

    /// Takes a record back. Returns the content it had written.
    fn undo(&mut self, record: &Record) -> Vec<u8> {
        let content = self.contents.entry(record.inode).or_default();
        match record.kind {
            Kind::Write => {
                let end = (record.offset + record.length).min(content.len());
                let written = content.get(record.offset..end).unwrap_or_default().to_vec();
                put(content, record.offset, &record.old);
                content.resize(record.size, 0);
                return written;
            }
            Kind::Resize => {
                content.resize(record.size.min(record.offset), 0);
                content.extend_from_slice(&record.old);
                content.resize(record.size, 0);
            }
            Kind::Create => {
                self.names.remove(&record.name);
            }
            Kind::Unlink => {
                self.names.insert(record.name.clone(), record.inode);
            }
            Kind::Rename => {
                self.names.remove(&record.to);
                self.names.insert(record.name.clone(), record.inode);
                if record.replaced != 0 {
                    self.names.insert(record.to.clone(), record.replaced);
                }
            }
            Kind::MakeFolder => {
                self.folders.remove(&record.name);
            }
            Kind::RemoveFolder => {
                self.folders.insert(record.name.clone());
            }
            Kind::Sync => {}
        }
        Vec::new()
    }

    /// Does it again; `data` is what [`undo`](Self::undo) returned.
    fn redo(&mut self, record: &Record, data: &[u8]) {
        let content = self.contents.entry(record.inode).or_default();
        match record.kind {
            Kind::Write => put(content, record.offset, data),
            Kind::Resize => content.resize(record.offset, 0),
            Kind::Create => {
                self.names.insert(record.name.clone(), record.inode);
            }
            Kind::Unlink => {
                self.names.remove(&record.name);
            }
            Kind::Rename => {
                self.names.remove(&record.name);
                self.names.insert(record.to.clone(), record.inode);
            }
            Kind::MakeFolder => {
                self.folders.insert(record.name.clone());
            }
            Kind::RemoveFolder => {
                self.folders.remove(&record.name);
            }
            Kind::Sync => {}
        }
    }

    /// Does some pages of it again, or all of it, or nothing.
    fn redo_some(&mut self, record: &Record, data: &[u8], chance: &mut Chance) {
        let kept = [0, 50, 100][chance.below(3)];
        if record.kind == Kind::Resize {
            if chance.percent(kept) {
                self.redo(record, data);
            }
            return;
        }
        let content = self.contents.entry(record.inode).or_default();
        let mut at = 0;
        while at < data.len() {
            // Pages of the file, not of the write.
            let end = (at + PAGE - (record.offset + at) % PAGE).min(data.len());
            if chance.percent(kept) {
                put(content, record.offset + at, &data[at..end]);
            }
            at = end;
        }
    }

    /// Makes the files in `folder` what they are here.
    fn write(&self, folder: &Path) {
        let mut found = Self {
            contents: BTreeMap::new(),
            names: BTreeMap::new(),
            folders: BTreeSet::new(),
        };
        found.load(folder);
        for path in found.names.keys().filter(|path| !self.names.contains_key(*path)) {
            fs::remove_file(path).unwrap();
        }
        for path in &self.folders {
            fs::create_dir_all(path).unwrap();
        }
        for (path, inode) in &self.names {
            let Some(content) = self.contents.get(inode) else {
                continue;
            };
            // A name in a folder that was never on the disk leads nowhere.
            let is_reachable = path.parent().is_some_and(|parent| self.folders.contains(parent));
            let is_same = found.names.get(path) == Some(inode) && found.contents.get(inode) == Some(content);
            if is_reachable && !is_same {
                let _ = fs::remove_file(path);
                fs::write(path, content).unwrap();
            }
        }
        for path in found
            .folders
            .iter()
            .rev()
            .filter(|path| !self.folders.contains(*path))
        {
            fs::remove_dir_all(path).unwrap();
        }
    }
}

/// Writes into content, which grows where it has to.
fn put(content: &mut Vec<u8>, offset: usize, data: &[u8]) {
    let end = offset + data.len();
    if content.len() < end {
        content.resize(end, 0);
    }
    content[offset..end].copy_from_slice(data);
}
